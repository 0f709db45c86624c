"""What the rows say, worked out again from the triples."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from builders.graph.entities import EntityFinder
from builders.graph.leaks import HeldoutFinder
from builders.graph.tasks.abstention import abstention
from builders.graph.tasks.paths import Walker
from builders.graph.tasks.rows import FAMILIES
from builders.graph.tasks.say import Say
from tests.builders.graph.tasks.conftest import Made
from tests.builders.graph.tasks.oracle import Oracle


def ends_by_the_oracle(oracle: Oracle, item_names: tuple[str, ...], relation: str, head_is_first: bool) -> set[str]:
    return oracle.tails(item_names[0], relation) if head_is_first else oracle.heads(relation, item_names[0])


def test_lists_and_counts_are_whole(made: Made) -> None:
    for family in ("inverse", "full_list", "count"):
        for item in made.items(family):
            name, first = item.names[0], item.triples[0]
            forward = made.oracle.same(first.head) == made.oracle.same(name)
            expected = ends_by_the_oracle(made.oracle, item.names, first.relation, forward)
            if family == "count":
                assert item.gold == (str(len(expected)),)
                assert f"{len(expected)}" in item.answer
            elif len(expected) <= made.given.config.list_cap:
                assert made.oracle.group(item.gold) == expected
            else:
                assert made.oracle.group(item.gold) < expected
                assert len(item.gold) == made.given.config.list_cap
                assert ("等" if item.language == "zh" else "among others") in item.answer
            assert all(answer in item.answer for answer in item.gold)


def test_intersections_are_what_fulfils_both(made: Made) -> None:
    for item in made.items("intersection"):
        one, other = item.names[:2]
        first, second = item.triples[:2]
        expected = made.oracle.heads(first.relation, one) & made.oracle.heads(second.relation, other)
        assert made.oracle.group(item.gold) == expected
        assert len(expected) < min(
            len(made.oracle.heads(first.relation, one)), len(made.oracle.heads(second.relation, other))
        )


def test_comparisons_part_what_is_shared_from_what_is_not(made: Made) -> None:
    for item in made.items("comparison"):
        one, other = item.names[:2]
        of_one, of_other = (made.oracle.tails(name, item.triples[0].relation) for name in (one, other))
        parts = [of_one & of_other, of_one - of_other, of_other - of_one]
        assert all(parts)
        say = Say(made.given.graph.schema, item.language)
        shown, start = [], 0
        for part in parts:
            names = item.gold[start : start + len(part)]
            assert made.oracle.group(names) == part
            shown.append(say.joined(names))
            start += len(part)
        assert all(text in item.answer for text in shown)
        assert start == len(item.gold)


def test_paths_lead_to_all_ends_and_through_no_hub(made: Made) -> None:
    facts = [triple for triple in made.oracle.triples if not made.oracle.has(triple.relation, "alias")]
    degrees = Counter(end for fact in facts for end in made.oracle.group((fact.head, fact.tail)))
    hubs = made.oracle.group(made.given.index.hubs(0.01))
    assert hubs
    assert min(degrees[hub] for hub in hubs) >= sorted(degrees.values())[-len(hubs) - 1]
    lengths: Counter[tuple[int, bool]] = Counter()
    for turned in (False, True):
        for _, path in zip(range(150), Walker(made.given, "zh").paths(turned), strict=False):
            reached, seen = {made.oracle.same(path.start)}, {made.oracle.same(path.start)}
            for step in path.steps:
                reached = {end for name in reached for end in made.oracle.ends(step, name)}
                assert not reached & seen
                seen |= reached
            assert {made.oracle.same(name) for name in path.ends.values()} == reached
            assert not seen & hubs
            lengths[len(path.steps), turned] += 1
    assert lengths[2, False] > 20
    assert lengths[2, True] > 20


def test_path_rows_cite_every_fact_step_by_step(made: Made) -> None:
    for item in made.items("path"):
        think, answer = item.answer.removeprefix("<think>\n").split("\n</think>\n\n")
        cited = re.findall(r"^(.+) —.+→ (.+)$", think, re.MULTILINE)
        assert {(triple.head, triple.tail) for triple in item.triples} == set(cited)
        assert all(name in answer for name in item.gold)


def test_what_is_called_false_is_false_and_what_is_true_is_true(made: Made) -> None:
    said: Counter[bool] = Counter()
    for item in made.items("true_false"):
        head, tail = item.names[:2]
        relation = made.oracle.relation(item.triples[0], head)
        is_true = item.gold[0] in ("是", "Yes")
        assert item.answer.startswith(item.gold[0])
        assert (made.oracle.same(tail) in made.oracle.tails(head, relation)) is is_true
        if not is_true:
            assert made.oracle.has(relation, "functional") or made.oracle.has(relation, "complete")
            assert frozenset(made.oracle.group((head, tail))) not in made.oracle.linked
            truth = made.oracle.tails(head, relation)
            assert made.oracle.group(item.names[2:]) == truth
        said[is_true] += 1
    assert 0.35 < said[True] / said.total() < 0.65


def test_options_hold_the_truth_and_nothing_else_true(made: Made) -> None:
    places: Counter[str] = Counter()
    for family, options, fewest in (("choice", 4, 1), ("choices", 5, 2)):
        for item in made.items(family):
            head = item.names[0]
            relation = made.oracle.relation(item.triples[0], head)
            shown = dict(re.findall(r"^([A-E])\. (.+)$", item.text or "", re.MULTILINE))
            assert len(set(made.oracle.group(shown.values()))) == len(shown) == options
            truths = made.oracle.tails(head, relation)
            right = {letter for letter, name in shown.items() if made.oracle.same(name) in truths}
            assert right == set(item.gold)
            assert len(right) >= fewest
            assert all(
                frozenset(made.oracle.group((head, name))) not in made.oracle.linked
                for letter, name in shown.items()
                if letter not in right
            )
            places.update(item.gold if family == "choice" else ())
    assert max(places.values()) < 0.4 * places.total()


def test_options_are_of_one_type_and_about_as_frequent(sampled: Made) -> None:
    kinds: dict[str, set[str | None]] = defaultdict(set)
    for triple in sampled.oracle.triples:
        kinds[triple.tail].add(triple.tail_type)
    for item in sampled.items("choice"):
        relation = item.triples[0].relation
        true = item.triples[0].tail if item.names[0] == item.triples[0].head else item.triples[0].head
        if sampled.oracle.has(relation, "symmetric") or sampled.oracle.relations[relation]["inverse"]:
            continue
        for option in item.names[1:]:
            assert kinds[option] & kinds[true]
            degrees = [len(sampled.oracle.heads(relation, name)) for name in (option, true)]
            assert max(degrees) < 4 * min(degrees)


def test_silence_is_silence_in_the_whole_graph(made: Made) -> None:
    rows = [row for row in made.samples if row.task == "graph.abstention"]
    assert 0 < len(rows) <= 0.05 * len(made.samples)
    kinds: Counter[str] = Counter()
    for language in ("zh", "en"):
        for _, item in zip(range(80), abstention(made.given, language), strict=False):
            kinds[item.wording] += 1
            head = item.names[0]
            if item.wording == "list":
                relation = next(
                    name
                    for name in made.oracle.relations
                    if made.given.say[language].what(name, False, head) == item.values["what"]
                )
                assert made.oracle.tails(head, relation) == set()
            else:
                relation, tail = made.oracle.relation(item.triples[0], head), item.names[1]
                assert not made.oracle.has(relation, "functional")
                assert not made.oracle.has(relation, "complete")
                assert made.oracle.same(tail) not in made.oracle.tails(head, relation)
                assert made.oracle.tails(head, relation)
    assert kinds["list"] > 5
    assert kinds["true_false"] > 5


def test_no_row_names_both_ends_of_a_held_out_fact(made: Made) -> None:
    finder = HeldoutFinder(made.given.graph, made.split)
    assert len(made.split.heldout) > 40
    assert len(made.samples) > 1500
    withheld = {
        (triple.head, triple.tail)
        for triple in made.oracle.triples
        if made.split.withholds(made.given.graph, triple) and min(len(triple.head), len(triple.tail)) > 4
    }
    for row in made.samples:
        text = "\n".join(message.content for message in row.messages)
        assert finder.find(text) == []
        names = {name for source in row.sources for name in (source.triple or "").split("\t")}
        assert not any(pair in withheld for pair in zip(sorted(names), sorted(names)[1:], strict=False))


def test_only_trained_facts_are_sources(made: Made) -> None:
    trained = {triple.key for group in made.split.train for triple in made.given.graph.groups[group]}
    used = {source.triple for row in made.samples for source in row.sources}
    assert used <= trained
    assert len(used) > 200


def test_an_answer_names_nothing_that_is_not_in_its_sources_or_question(made: Made) -> None:
    finder, graph = EntityFinder(made.given.graph), made.given.graph
    for row in made.samples:
        question, answer = (message.content.replace("。", "\n") for message in row.messages)
        known = {mention.entity for mention in finder.find(question)}
        for source in row.sources:
            head, _, tail = (source.triple or "").split("\t")
            known |= {graph.representative(head), graph.representative(tail)}
            known |= {mention.entity for mention in finder.find(f"{head}\n{tail}")}
        labels = "\n".join(
            filter(None, (label for known in graph.schema.values() for label in (known.zh, known.en, known.name)))
        )
        stray = {
            mention.entity
            for mention in finder.find(answer)
            if mention.entity not in known and answer[mention.start : mention.end].casefold() not in labels.casefold()
        }
        assert not stray, (answer, stray)


def test_a_number_in_a_count_is_the_number_of_its_sources(made: Made) -> None:
    rows = [row for row in made.samples if row.task == "graph.count"]
    assert len(rows) > 100
    for row in rows:
        answer = row.messages[1].content
        for source in row.sources:
            for name in (source.triple or "").split("\t")[::2]:
                answer = answer.replace(name, "")
        assert set(re.findall(r"\d+", answer)) == {str(len(row.sources))}


def test_every_family_speaks_both_languages(made: Made) -> None:
    expected = {f"graph.{family}" for family in (*FAMILIES, "abstention")}
    for last in ("。", "."):
        found = {row.task for row in made.samples if row.messages[1].content.endswith(last)}
        assert found == expected
