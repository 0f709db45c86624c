"""What a recipe may say about the rows made of the graph; the defaults stand here and nowhere else.

Keys of `graph:` in `build.yaml`:

    graph: {questions: {exposures: 64, augmented: 0.5}, card_orderings: 8}
"""

from __future__ import annotations

from dataclasses import dataclass, field

from builders.graph.tasks.config import TaskConfig
from builders.graph.tools.config import ToolsConfig


@dataclass(frozen=True)
class QuestionConfig:
    """How often, and how, each trained fact is asked."""

    groups: int | None = None
    """Most (head, relation) groups asked, chosen by hash; null: all. The text for CPT states every group."""
    exposures: int = 32
    """Rows a group and language, each in a wording of its own until all were used."""
    augmented: float = 0.0
    """Share of the rows whose question is augmented: words put in, left out or exchanged. Many then read as broken."""
    list_cap: int = 16
    """Most tails in one answer; a head with more is not asked for them here."""


@dataclass(frozen=True)
class GraphConfig:
    """Rows to train and to evaluate; how many facts are held out stands in `split`."""

    head_key: str | None = None
    """The key that holds the head in records of one head with all that is said of it; null: it is detected."""
    questions: QuestionConfig = field(default_factory=QuestionConfig)
    tasks: TaskConfig = field(default_factory=TaskConfig)
    tools: ToolsConfig = field(default_factory=ToolsConfig)
    card_orderings: int = 4
    """Texts an entity and language for continued pretraining, each in another order and other wordings."""
    pairs: int | None = None
    """Most groups that give dual-logic pairs for training, and most for testing; null: all."""
    general_pairs: int | None = None
    """Most pairs of the general set that are trained on; null: all."""
    general_test_pairs: int | None = None
    """Most pairs of the general set kept for testing that are tested; null: all."""
    pair_test_share: float = 0.2
    """Share of the groups, and of the general pairs, whose statements are kept for testing."""
    yes_no_wordings: int = 2
    """Questions a statement in the yes-or-no task."""
    preference_wordings: int = 1
    """Questions a statement in the preference pairs."""
    feedback_groups: int | None = 2000
    """Most groups with a true and a false answer among the rows for KTO, besides the pairs; null: all."""
    recall_facts: int | None = 200
    """Most facts asked in each of kg_recall, kg_unseen and kg_choice; null: all."""
    recall_wordings: int = 4
    """Test wordings a fact and language."""
