"""A file of triples in any of the usual formats in; clean triples, and a list of what was left out, out.

triples, dropped = read_triples(Path("samples/graph/triples.csv"))

files.py     what a file is, by its content and its ending -> its records
decode.py    bytes -> text: UTF-8, UTF-16, GB18030
tables.py    CSV, TSV, TXT           objects.py  JSON, JSON lines      excel.py    .xlsx
centres.py   {"中心词": ..., "相关疾病": [...]}   neo4j.py  apoc.export.json
rdf.py       Turtle, N-Triples       graphml.py  GraphML
record.py    what all of them give, and the names of columns and keys
triples.py   records -> triples: types taken off, names cleaned, duplicates found
"""

from builders.graph.read.files import triple_files
from builders.graph.read.triples import read_triples

__all__ = ["read_triples", "triple_files"]
