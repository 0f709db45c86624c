"""Turtle or N-Triples in, a record for each statement out; nothing that a file names is ever fetched.

A resource goes by its label (rdfs:label, skos:prefLabel, schema:name), else by the last part of its address; its
rdf:type is the type of the entity. Statements about the vocabulary itself are left out and noted.

ex:人参 ex:归经 ex:脾经 .   ->  Record(1, {"head": "人参", "relation": "归经", "tail": "脾经"})
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from typing import Literal as PythonLiteral
from urllib.parse import unquote

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.exceptions import ParserError
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from rdflib.plugins.parsers import notation3, ntriples

from builders.errors import UserError
from builders.graph.read.record import Record, clean
from builders.types import Dropped

SCHEMA_NAMES = (URIRef("http://schema.org/name"), URIRef("https://schema.org/name"))
LABELS = (SKOS.prefLabel, RDFS.label, *SCHEMA_NAMES)
"""What names a resource, the first that is there."""
VOCABULARY = frozenset(
    {RDFS.domain, RDFS.range, RDFS.subPropertyOf, RDFS.isDefinedBy, OWL.inverseOf, OWL.imports, OWL.versionInfo}
)
PROPERTY_TYPES = frozenset(
    {
        *(RDF.Property, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.Ontology),
        *(OWL.FunctionalProperty, OWL.SymmetricProperty, OWL.TransitiveProperty, OWL.InverseFunctionalProperty),
    }
)
NO_TYPES = frozenset({OWL.NamedIndividual, OWL.Thing, OWL.Class, RDFS.Class, RDFS.Resource, SKOS.Concept})
"""Types that say nothing of what an entity is."""

Term = URIRef | BNode | Literal


class Statement(NamedTuple):
    """One statement of a file, and the line where it ends."""

    line: int
    subject: Term
    predicate: Term
    object: Term


def turtle(text: str, path: Path) -> Iterator[Record | Dropped]:
    """The statements of a Turtle file as records.

    Raises:
        UserError: it cannot be parsed, with the line where that is so.
    """
    sink = _Sink()
    parser = notation3.SinkParser(sink, baseURI=f"file:///{path.name}#".replace(" ", "_"), turtle=True)
    sink.parser = parser
    try:
        parser.loadBuf(text)
    except notation3.BadSyntax as error:
        why = " ".join(str(error.message).split())[:120]
        raise UserError(f"{path}:{parser.lines + 1}: no Turtle ({why}); mend the file there") from error
    except (ParserError, ValueError, RecursionError, AssertionError, IndexError, TypeError, KeyError) as error:
        why = " ".join(str(error).split())[:120]
        raise UserError(f"{path}:{parser.lines + 1}: no Turtle ({why}); mend the file there") from error
    return _records(sink.statements, path)


def n_triples(text: str, path: Path) -> Iterator[Record | Dropped]:
    """The lines of an N-Triples file as records; a line that cannot be parsed is noted."""
    statements: list[Statement] = []
    faults: list[Dropped] = []
    parser = _Lines()
    for number, line in enumerate(text.split("\n"), 1):
        try:
            found = parser.of_line(line.strip())
        except (ParserError, ValueError) as error:
            detail = f"{' '.join(str(error).split())[:120]}; write <subject> <predicate> <object> ."
            faults.append(Dropped("bad_statement", f"{path.name}:{number}", detail))
        else:
            if found:
                statements.append(Statement(number, *found))
    yield from faults
    yield from _records(statements, path)


class _Sink(notation3.RDFSink):
    """Takes the statements of rdflib's parser, with the line that it has come to."""

    def __init__(self) -> None:
        super().__init__(Graph())
        self.statements: list[Statement] = []
        self.parser: notation3.SinkParser | None = None

    def newLiteral(self, s: str, dt: Any, lang: Any) -> Literal:
        """A literal as it is written: 01 is not 1."""
        return Literal(s, lang=lang)

    def makeStatement(self, quadruple: Any, why: Any = None) -> None:
        formula, predicate, subject, value = quadruple
        terms = (self.normalise(formula, term) for term in (subject, predicate, value))
        self.statements.append(Statement(self.parser.lines + 1 if self.parser else 1, *terms))


class _Found(ntriples.DummySink):
    """Holds the statement of a line."""

    def __init__(self) -> None:
        self.terms: tuple[Term, Term, Term] | None = None

    def triple(self, subject: Term, predicate: Term, value: Term) -> None:
        self.terms = (subject, predicate, value)


class _Lines(ntriples.W3CNTriplesParser):
    """Reads one line of N-Triples at a time."""

    def __init__(self) -> None:
        self._found = _Found()
        super().__init__(self._found)

    def of_line(self, line: str) -> tuple[Term, Term, Term] | None:
        self.line, self._found.terms = line, None
        self.parseline()
        return self._found.terms

    def literal(self) -> PythonLiteral[False] | Literal:
        """A literal as it is written."""
        if not self.peek('"'):
            return False
        text, language, _ = self.eat(ntriples.r_literal).groups()
        return Literal(ntriples.unquote(text), language)


# ---- statements -> records ------------------------------------------------------------------------------------------


def _records(statements: list[Statement], path: Path) -> Iterator[Record | Dropped]:
    names = _names(statements)
    kinds: dict[Term, Term] = {}
    properties: set[Term] = set()
    for _, subject, predicate, value in statements:
        if predicate == RDF.type and value in PROPERTY_TYPES:
            properties.add(subject)
        elif predicate == RDF.type and value not in NO_TYPES:
            kinds.setdefault(subject, value)
    for statement in statements:
        _, subject, predicate, value = statement
        if predicate == RDF.type or (predicate in LABELS and str(value) == _name(subject, names)):
            continue
        place = f"{path.name}:{statement.line}"
        if predicate in VOCABULARY or subject in properties:
            detail = f"{clean(_name(subject, names))[:60]}: said of the vocabulary, not of an entity"
            yield Dropped("vocabulary", place, detail)
        elif BNode in (type(subject), type(value)):
            detail = f"{clean(_name(predicate, names))[:60]}: a node without a name at one end; give it an address"
            yield Dropped("blank_node", place, detail)
        else:
            yield _record(statement, names, kinds)


def _names(statements: Iterable[Statement]) -> dict[Term, tuple[Term, str]]:
    """What names each resource, and its name; of several of one kind the first."""
    found: dict[Term, tuple[Term, str]] = {}
    for _, subject, predicate, value in statements:
        if predicate in LABELS and isinstance(value, Literal):
            known = found.get(subject)
            if known is None or LABELS.index(predicate) < LABELS.index(known[0]):
                found[subject] = (predicate, str(value))
    return found


def _record(statement: Statement, names: dict[Term, tuple[Term, str]], kinds: dict[Term, Term]) -> Record:
    line, subject, predicate, value = statement
    cells = {"head": _name(subject, names), "relation": _name(predicate, names), "tail": _name(value, names)}
    for field, term in (("head_type", subject), ("tail_type", value)):
        if term in kinds:
            cells[field] = _name(kinds[term], names)
    return Record(line, cells)


def _name(term: Term, names: dict[Term, tuple[Term, str]]) -> str:
    if isinstance(term, Literal):
        return str(term)
    if term in names:
        return names[term][1]
    address = str(term).rstrip("/#:")
    start = max(address.rfind(mark) for mark in "/#:") + 1
    return unquote(address[start:]).replace("_", " ")
