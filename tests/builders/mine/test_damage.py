"""What reading leaves in a text, and what only looks like it."""

from __future__ import annotations

import pytest

from builders.mine.damage import damage, fragment

PAPER = "The models were trained. AIT is common. AIT was seen. AIT rose. AIT1."


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Such relations are detailed in.", "lost_word"),
        ("In, a weighted sum was used.", "lost_word"),
        ("The loss is defined as where a and b are weights.", "lost_word"),
        ("It is an index and can used to reflect respiration.", "lost_word"),
        ("We took 5×105 spermatozoa for each.", "lost_power"),
        ("They had a length 1 4 of the whole.", "lost_power"),
        ("Some cells resist262728 the drug.", "glued_mark"),
        ("The code is available upon publication¹.", "glued_mark"),
        ("Most of it came from ( 8 units.", "glued_mark"),
        ("Patients who had AIT1.", "glued_mark"),
        ("It was measured by ToF-SIMS 36.", "glued_mark"),
        ("We used microscopy.MBCs were seen.", "glued_sentence"),
        ("The value was low (p = 0.012).Fig. 2Variation of it.", "glued_sentence"),
        ("Background Ferrets are used.", "run_in"),
        ("It ended. Methods We used a model.", "run_in"),
        ("The scores were kept. Metrics We used the mean.", "run_in"),
        ("Mice-Next we looked at it.", "run_in"),
        ("Learning and fingerprinting Substantial works focus on it.", "run_in"),
        ("b, c Plant assay of the strain.", "panel"),
        ("It activates NF-B in cells.", "lost_symbol"),
        ("It bound to IBα there.", "lost_symbol"),
        ("We trained a GNNbased model.", "glued_word"),
        ("No carry-over was 6%) in it.", "unopened"),
        ("They are evaluated pri marily in English.", "broken_word"),
        ("A state-of-theart result was reached.", "broken_word"),
        ("The addition the signal peptide may help.", "grammar"),
        (". Spectral imaging is old.", "fragment"),
    ],
)
def test_damage_has_a_name(text: str, fault: str) -> None:
    assert damage(text, PAPER) == fault


@pytest.mark.parametrize(
    "text",
    [
        "The width of the space is 40 nm (n = 8), as in other studies.",
        "The area was 12 cm² and Ca²⁺ rose with and without the drug.",
        "Vitamin A is stored in the liver, for example, in stellate cells.",
        "A cutoff of 1 × 10−8 was set for the state-of-the-art method.",
        "Retro-inverso peptides inhibited NF-κB and TNF-α.",
        "该间隙的宽度约为40纳米（见前文）。",
    ],
)
def test_whole_sentences_have_none(text: str) -> None:
    assert damage(text, PAPER) is None


def test_a_passage_starts_with_a_sentence() -> None:
    assert fragment("variational quantum algorithms. They are new.")
    assert not fragment("p53 is a tumour suppressor.")
    assert not fragment("The space is wide.")
