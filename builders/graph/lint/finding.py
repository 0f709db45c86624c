"""What the lint finds: its kinds with what a curator should do, and one place of one kind.

Finding("kg/tcm_small.txt", "", "swapped_columns", "columns read as head, tail, relation; kept=43", "...", "repaired")
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Done = Literal["repaired", "left out", "kept"]
"""What the build does with it: mends it, leaves the record out, or keeps it as it is."""


class Finding(NamedTuple):
    """One thing that is wrong, or may be."""

    file: str
    line: str
    """A number from 1, with the sheet of a workbook before it; empty where it is the whole file or graph."""
    finding: str
    value: str
    suggestion: str
    done: Done


class Kind(NamedTuple):
    """A kind of finding: a heading, and what it means in a sentence."""

    title: str
    meaning: str


KINDS = {
    "unreadable_file": Kind("Files that cannot be read", "The build stops at such a file."),
    "swapped_columns": Kind("Columns in another order", "Found by looking at their values; read in the right order."),
    "encoding": Kind("Not plain UTF-8", "Decoded all the same."),
    "type_prefix": Kind("Types written before names", "Taken off the name and kept as the type of the entity."),
    "control_characters": Kind("Control characters in names", "A blank stands in their place."),
    "duplicate": Kind("Facts that stand there twice", "The first is kept."),
    "self_loop": Kind("The same name at both ends", "Says nothing, or a name is wrong."),
    "missing_field": Kind("Records without head, relation or tail", "Nothing can be made of them."),
    "empty_name": Kind("Blank names", "Nothing can be made of them."),
    "name_too_long": Kind("Names without end", "A text, or a quotation mark left open."),
    "too_many_fields": Kind("Rows with more cells than columns", "A name with a comma wants quotation marks."),
    "not_an_object": Kind("Values that are no record", "Nothing can be made of them."),
    "bad_statement": Kind("Lines that are no statement", "N-Triples writes one statement a line."),
    "blank_node": Kind("Statements with a node without a name", "Such a node cannot be asked about."),
    "vocabulary": Kind("Statements about the vocabulary", "They say nothing of an entity."),
    "no_triples": Kind("Sheets without triples", "Their columns are not those of triples."),
    "two_tails": Kind("Two tails where one is allowed", "The relation is `functional` in relations.yaml."),
    "both_directions": Kind("Stated in both directions", "The relation is not `symmetric` in relations.yaml."),
    "swapped_ends": Kind("Head and tail exchanged", "Their types fit the relation the other way round."),
    "wrong_domain": Kind("Heads of another type", "relations.yaml gives the relation another `domain`."),
    "wrong_range": Kind("Tails of another type", "relations.yaml gives the relation another `range`."),
    "type_conflict": Kind("Names of several types", "One entity has one type, or two entities share a name."),
    "unknown_relation": Kind("Relations without an entry", "relations.yaml does not name them; their name is taken."),
    "near_relation": Kind("Relations with nearly the same name", "Perhaps one relation."),
    "spelt_differently": Kind("One name in several spellings", "They differ in width, letter case or blanks alone."),
    "near_name": Kind("Nearly the same name", "Perhaps one entity: other punctuation, other order, or one letter."),
    "hub": Kind("Entities with very many facts", "A category rather than an entity? Paths through it say little."),
    "isolated_component": Kind("Parts without a link to the rest", "No path leads from them to the rest."),
}
