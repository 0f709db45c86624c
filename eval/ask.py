"""How a task is put to a served model: rows in, outcomes out; what does not fit is dropped and said.

outcomes, dropped = await ask(TASKS["kg_recall"], rows, client, max_tokens=64, advance=bar)
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from builders.types import Dropped
from eval.client import Client, TooLong
from eval.scorers import bleu_counts, exact_match, rouge_l
from eval.tasks import Outcome, Row, Task, outcome

Advance = Callable[[int], None]


Asker = Callable[[Task, Row, Client, int], Awaitable[Outcome]]


async def ask(
    task: Task, rows: Sequence[Row], client: Client, max_tokens: int, advance: Advance, asker: Asker | None = None
) -> tuple[list[Outcome], list[Dropped]]:
    """Puts all rows at once; the client bounds how many are under way. Outcomes stay in the order of the rows.

    `asker` is for a task that needs more than a row and a client; the others have one here.
    """
    put = asker or ASKERS[task.name]

    async def one(row: Row) -> Outcome | Dropped:
        try:
            return await put(task, row, client, max_tokens)
        except TooLong as error:
            return Dropped("too_long", f"{task.file} {row['id']}", f"{error}; raise max_model_len")
        finally:
            advance(1)

    results = await asyncio.gather(*map(one, rows))
    outcomes = [result for result in results if isinstance(result, Outcome)]
    return _only_whole_units(task, outcomes), [result for result in results if isinstance(result, Dropped)]


async def ask_fact(task: Task, row: Row, client: Client, max_tokens: int) -> Outcome:
    """A question with one right answer, generated greedily and compared after normalisation."""
    answer = await client.chat(row["question"], max_tokens)
    right = float(exact_match(row["answer"], answer))
    return outcome(task, row, {"right": right}, expected=row["answer"], answer=answer)


async def ask_yes_no(task: Task, row: Row, client: Client, _: int) -> Outcome:
    """Which of the two first words the model finds more likely; a tie is wrong."""
    right, wrong = await _summed_logprobs(row, ("answer", "other"), client)
    said = row["answer"] if right.total > wrong.total else row["other"]
    values = {"right": float(right.total > wrong.total), "margin": right.total - wrong.total}
    return outcome(task, row, values, expected=row["answer"], answer=said)


async def ask_preference(task: Task, row: Row, client: Client, _: int) -> Outcome:
    """Whether the chosen answer is the likelier one, in sum and a token."""
    chosen, rejected = await _summed_logprobs(row, ("chosen", "rejected"), client)
    values = {
        "right": float(chosen.total > rejected.total),
        "right_per_token": float(chosen.per_token > rejected.per_token),
        "margin": chosen.total - rejected.total,
    }
    said = row["chosen"] if chosen.total > rejected.total else row["rejected"]
    return outcome(task, row, values, expected=row["chosen"], answer=said)


async def ask_paper(task: Task, row: Row, client: Client, max_tokens: int) -> Outcome:
    """A question about a held-out paper; the answer is compared with the paper's own words."""
    answer = await client.chat(row["question"], max_tokens)
    values = {"rouge_l": rouge_l(row["answer"], answer), **bleu_counts(row["answer"], answer)}
    return outcome(task, row, values, expected=row["answer"], answer=answer)


ASKERS: dict[str, Asker] = {
    "kg_recall": ask_fact,
    "kg_unseen": ask_fact,
    "dual_logic": ask_yes_no,
    "preference": ask_preference,
    "papers": ask_paper,
}


class _LogProb(NamedTuple):
    total: float
    per_token: float


async def _summed_logprobs(row: Row, fields: tuple[str, str], client: Client) -> tuple[_LogProb, _LogProb]:
    """Of two answers to one question, without the token that ends a turn."""
    prompt = await client.chat_ids(row["question"])

    async def one(text: str) -> _LogProb:
        found = await client.logprobs(prompt, await client.text_ids(text))
        return _LogProb(sum(found), sum(found) / len(found))

    return await asyncio.gather(one(row[fields[0]]), one(row[fields[1]]))


def _only_whole_units(task: Task, outcomes: list[Outcome]) -> list[Outcome]:
    """A yes/no pair of which one question did not fit says nothing about both."""
    if task.name != "dual_logic":
        return outcomes
    units = [result.unit for result in outcomes]
    return [result for result in outcomes if units.count(result.unit) == 2]
