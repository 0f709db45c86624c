"""The three steps of knowledge tuning through a real HTTP server, and what each kind of call is worth."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from builders.graph.graph import Graph
from builders.graph.knowledge.function import Call, tools_text
from builders.graph.knowledge.lookup import Knowledge
from builders.graph.knowledge.store import write
from builders.graph.schema import Relation
from builders.output import Output
from builders.types import Triple
from eval.ask import ask
from eval.client import Endpoint, connect
from eval.config import EvalConfig
from eval.measures import MEASURES, Draws, figures
from eval.tasks import TASKS, Outcome, read
from eval.tools import score, tells, tool_asker
from tests.eval.fake import Fake, fake_server

SCHEMA = {"归经": Relation("归经", zh="归经", en="meridian"), "别名": Relation("别名", zh="别名", alias=True)}
GRAPH = Graph(
    [
        Triple("玄参", "归经", "肺经"),
        Triple("玄参", "归经", "肾经"),
        Triple("玄参", "别名", "元参"),
        Triple("当归", "归经", "肝经"),
    ],
    SCHEMA,
)
ROW = {
    **{"id": "a", "language": "zh", "case": "alias", "heldout": "tools", "question": "元参归哪些经？"},
    **{"entity": "元参", "name": "玄参", "attribute": "归经", "values": ["肺经", "肾经"], "tools": tools_text("zh")},
}
EMPTY = {**ROW, "id": "b", "case": "empty", "question": "当归有何别名？", "entity": "当归", "name": "当归"}
EMPTY |= {"attribute": "别名", "values": []}


def said(entity: str, attribute: str) -> str:
    return f"<tool_call>\n{Call(entity, attribute).json()}\n</tool_call>"


@pytest.mark.parametrize(
    ("answer", "entity", "attribute", "retrieval"),
    [
        (said("元参", "归经"), 1, 1, 1),
        (said("玄参", "归经"), 1, 1, 1),
        (said("元 参", "Meridian"), 1, 0, 1),
        (said("玄参参参参", "归经"), 0, 1, 0),
        (said("当归", "归经"), 0, 1, 0),
        (said("元参", "别名"), 1, 0, 0),
        ("肺经、肾经。", 0, 0, 0),
    ],
)
def test_what_a_call_is_worth(answer: str, entity: float, attribute: float, retrieval: float) -> None:
    values = score(ROW, answer, Knowledge(GRAPH))
    assert (values["entity"], values["attribute"], values["retrieval"]) == (entity, attribute, retrieval)
    assert values["right"] == retrieval
    assert values["called"] == float("tool_call" in answer)


def test_a_wrong_name_that_the_function_mends_is_right_in_retrieval_alone() -> None:
    knowledge = Knowledge(Graph([Triple("astrocyte", "归经", "x")], SCHEMA))
    row = {**ROW, "entity": "astrocyte", "name": "astrocyte", "values": ["x"]}
    values = score(row, said("astrocite", "归经"), knowledge)
    assert (values["entity"], values["retrieval"]) == (0.0, 1.0)


def test_an_empty_result_is_right_only_for_the_attribute_that_was_asked() -> None:
    knowledge = Knowledge(GRAPH)
    assert score(EMPTY, said("当归", "别名"), knowledge)["retrieval"] == 1.0
    assert score(EMPTY, said("当归", "颜色"), knowledge)["retrieval"] == 0.0


def test_an_answer_must_tell_every_value() -> None:
    assert tells(["肺经", "Panax ginseng"], "肺经、panax GINSENG。")
    assert not tells(["肺经", "肾经"], "肺经。")
    assert not tells(["0", "1", "2", "3", "4", "5", "6", "7", "8"], "0、1、2、3、4、5、6、7等")


@pytest.fixture
def config(tmp_path: Path) -> EvalConfig:
    with Output(tmp_path) as out:
        write(out, GRAPH)
        out.rows("eval/tools.jsonl", [ROW, EMPTY])
        out.rows(
            "eval/tools_direct.jsonl", [{"id": "d", "language": "zh", "question": "你好", "tools": tools_text("zh")}]
        )
    return EvalConfig(recipe="demo", data=str(tmp_path / "eval"), train_text="", models={}, out=str(tmp_path / "runs"))


def asked(config: EvalConfig, fake: Fake, task: str) -> list[Outcome]:
    rows, dropped = read(TASKS[task], Path(config.data), None, 7)
    assert dropped == []

    async def run(url: str) -> Any:
        async with connect(Endpoint(url, "fake", fake.max_model_len), concurrency=2) as client:
            return await ask(TASKS[task], rows, client, 200, lambda _: None, tool_asker(config))

    with fake_server(fake) as url:
        outcomes, dropped = asyncio.run(run(url))
    assert dropped == []
    found: list[Outcome] = outcomes
    return found


def test_the_result_of_the_models_own_call_is_given_to_it(config: EvalConfig) -> None:
    result = Knowledge(GRAPH).acquire_knowledge("元参", "归经").json()
    texts = {
        "元参归哪些经？": said("元参", "归经"),
        result: "元参即玄参，归肺经、肾经。",
        "当归有何别名？": "不知道。",
    }
    fake = Fake(completions=texts, max_model_len=2000)
    first, second = asked(config, fake, "tools")
    assert first.values == {"called": 1, "entity": 1, "attribute": 1, "retrieval": 1, "right": 1, "answer": 1}
    assert first.answer == f"{Call('元参', '归经').json()} 元参即玄参，归肺经、肾经。"
    assert first.unit == "玄参"
    assert first.groups == {"language": "zh", "case": "alias", "heldout": "tools"}
    assert second.values == dict.fromkeys(("called", "entity", "attribute", "retrieval", "right"), 0.0)
    tokenized = [body for body in fake.bodies if "messages" in body]
    assert all(body["tools"] == json.loads(tools_text("zh")) for body in tokenized)
    (with_result,) = [body for body in tokenized if len(body["messages"]) == 3]
    call = with_result["messages"][1]["tool_calls"][0]["function"]
    assert json.loads(call["arguments"]) == {"entity": "元参", "attribute": "归经"}
    assert with_result["messages"][2]["content"] == result


def test_a_greeting_needs_no_call(config: EvalConfig) -> None:
    for text, right in (("您好！", 1.0), (said("你好", "归经"), 0.0)):
        (outcome,) = asked(config, Fake(completions={"你好": text}, max_model_len=2000), "tools_direct")
        assert outcome.values == {"right": right}


def test_figures_count_questions_and_draw_entities(config: EvalConfig) -> None:
    texts = {"元参归哪些经？": said("元参", "归经"), "当归有何别名？": said("当归", "归经")}
    outcomes = asked(config, Fake(completions=texts, max_model_len=2000), "tools")
    draws = Draws(50, 7)
    entity = figures(MEASURES["tools_entity"], outcomes, draws)
    assert (entity["tools_entity"]["value"], entity["tools_entity"]["n"]) == (1.0, 2)
    assert entity["tools_entity"]["low"] < 1.0
    assert entity["tools_entity_alias"]["n"] == entity["tools_entity_empty"]["n"] == 1
    assert figures(MEASURES["tools_retrieval"], outcomes, draws)["tools_retrieval"]["value"] == 0.5
    told = figures(MEASURES["tools_answer"], outcomes, draws)
    assert list(told) == ["tools_answer"]
    assert told["tools_answer"]["value"] == 0.0
