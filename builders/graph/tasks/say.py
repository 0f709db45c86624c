"""Facts and what is asked of them, as words: from the phrases of `relations.yaml`, else from the labels.

Say(schema, "zh").what("组成", True, "甘草")              ->  "含有甘草的方剂"
Say(schema, "en").what("组成", False, "桂枝汤")           ->  "the ingredients of 桂枝汤"
Say(schema, "en").statement("组成", "桂枝汤", ["甘草"])   ->  "The ingredients of 桂枝汤 include 甘草"
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from builders.graph.names import listed
from builders.graph.schema import Relation, Schema
from builders.graph.tasks.index import Slot
from builders.graph.tasks.wordings import fill

KIND = {"zh": "条目", "en": "entries"}
UNIT = "项"
MANY_IN_GENERAL = {"zh": "{head}的{label}包括{tail}", "en": 'The "{label}" entries of {head} include {tail}'}
ONE_IN_GENERAL = {"zh": "{head}的{label}是{tail}", "en": "The {label} of {head} is {tail}"}
SEVERAL = {"zh": "{head}的{label}包括{tail}", "en": "The {label} of {head} include {tail}"}
_OF = re.compile(r" (?:of|in|with|for|from|to) ")
_PLURAL = re.compile(r"[a-z]s$|(?:^|[ -])(?:ganglia|glia|microglia|nuclei|cilia|septa|mitochondria|[a-z]*feet)$")
_SINGULAR = re.compile(r"(?:ss|us|is|os|as|'s|pons|lens|diabetes|rabies|herpes|ascites)$")
_VERB = re.compile(r"\{head\} ([a-z]+)(?= )")


class Say:
    """How the relations of a schema are said in one language."""

    def __init__(self, schema: Schema, language: str) -> None:
        self.language = language
        self._schema = schema

    def what(self, relation: str, turned: bool, name: str) -> str:
        """A noun phrase for the ends of a slot: the tails of a head, or the heads of a tail."""
        known = self._schema[relation]
        if turned:
            return self.kind(known, [self.condition(known, name)])
        if self.language == "zh":
            return f"{name}的{known.zh}"
        return f"the {self.noun(known)} of {name}"

    def of_slot(self, slot: Slot) -> str:
        return self.what(slot.relation, slot.turned, slot.name)

    def noun(self, known: Relation) -> str:
        """The label as it stands before "of": in the plural where a head may have several tails."""
        if known.functional:
            return known.en or known.name
        return known.phrases.en_plural or f'"{known.en}" entries'

    def kind(self, known: Relation, conditions: Sequence[str]) -> str:
        """What fulfils some conditions."""
        kind = known.phrases.kind(self.language) or KIND[self.language]
        if self.language == "zh":
            return f"{'、同时'.join(conditions)}的{kind}"
        return f"the {kind} that {' and that '.join(conditions)}"

    def condition(self, known: Relation, tail: str) -> str:
        """What is said of whatever has a tail."""
        phrase = known.phrases.condition(self.language)
        if phrase:
            return fill(phrase, tail=tail)
        if self.language == "zh":
            return f"{known.zh}{'为' if known.functional else '包括'}{tail}"
        return f'list {tail} under "{known.en}"'

    def statement(self, relation: str, head: str, tails: Sequence[str], cap: int | None = None) -> str:
        """A clause without final punctuation that says of a head that it has some tails."""
        known = self._schema[relation]
        label = known.label(self.language) or known.name
        phrase = known.phrases.statement(self.language)
        if phrase is None:
            if known.functional and len(tails) == 1:
                phrase = ONE_IN_GENERAL[self.language]
            elif known.phrases.en_plural and self.language == "en":
                phrase, label = SEVERAL["en"], known.phrases.en_plural
            else:
                phrase = MANY_IN_GENERAL[self.language]
        if self.language == "en" and is_plural(head):
            phrase = of_several(phrase)
        return fill(phrase, head=head, label=label, tail=self.joined(tails, cap))

    def stated(self, slot: Slot, cap: int | None = None) -> str:
        """All that a slot says, in one clause or, turned, one clause an end."""
        if not slot.turned:
            return self.statement(slot.relation, slot.name, slot.names, cap)
        clauses = [self.statement(slot.relation, name, [slot.name]) for name in slot.names[:cap]]
        return ("；" if self.language == "zh" else "; ").join(clauses)

    def question(self, slot: Slot) -> str | None:
        """The relation's own question for its tails."""
        phrase = self._schema[slot.relation].phrases.question(self.language)
        if slot.turned or phrase is None or (self.language == "en" and is_plural(slot.name)):
            return None
        return fill(phrase, head=slot.name) + ("？" if self.language == "zh" else "?")

    def unit(self, slot: Slot) -> str:
        """The Chinese measure word for the ends of a slot."""
        return UNIT if slot.turned else self._schema[slot.relation].phrases.zh_unit or UNIT

    def joined(self, names: Sequence[str], cap: int | None = None) -> str:
        """Names as a list; one that is cut says that there are more."""
        return listed(names, self.language, cap)


def is_plural(name: str) -> bool:
    """Whether an English name is that of several things: pericytes, nodes of Ranvier; no hippocampus."""
    noun = _OF.split(name)[0]
    return bool(_PLURAL.search(noun)) and not _SINGULAR.search(noun)


def of_several(phrase: str) -> str:
    """A clause on {head} with its verb in the plural: "{head} is part of" becomes "{head} are part of"."""
    found = _VERB.match(phrase)
    if found is None:
        return phrase
    verb = found[1]
    plural = {"is": "are", "was": "were", "has": "have", "does": "do"}.get(verb)
    if plural is None:
        plural = verb[:-2] if re.search(r"(?:ss|sh|ch|x|zz)es$", verb) else verb.removesuffix("s")
    return f"{{head}} {plural}{phrase[found.end() :]}"


def inside(clause: str) -> str:
    """A clause as it stands within a sentence: its article in lower case."""
    for article in ("The ", "An ", "A "):
        if clause.startswith(article):
            return article.lower() + clause.removeprefix(article)
    return clause


def capital(text: str) -> str:
    """A sentence that begins with a capital where it begins with one of our own words."""
    return text[:1].upper() + text[1:] if text[:4] == "the " else text
