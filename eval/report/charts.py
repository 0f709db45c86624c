"""Figures and losses in, inline SVG out: bars with error bars for each measure, a curve for each stage of training."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from html import escape

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from eval.measures import Figure, Measure
from eval.report.losses import Losses
from eval.report.wording import BASELINES, number

INK, SOFT, ACCENT = "#1f2933", "#8b97a5", "#c2410c"
STAGES = ("#a3b1bf", "#7cb5d6", "#3a86b8", "#17557f", "#0b2f4a")
STYLE = {
    "svg.fonttype": "none",  # text stays text: small, sharp and searchable
    "font.family": "sans-serif",
    "font.size": 9,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": SOFT,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": "#e4e8ec",
}
LABEL = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.6}
BAR_SIZE, CURVE_SIZE = (3.5, 2.5), (3.7, 2.6)


def bars(measure: Measure, models: Mapping[str, Mapping[str, Figure]], baselines: Mapping[str, float]) -> str:
    """One bar a model, with its 95 % interval, and the baseline as a dashed line."""
    figures = {name: found[measure.name] for name, found in models.items() if measure.name in found}

    def draw(axes: Axes) -> None:
        _draw_bars(axes, measure, figures)
        _draw_baseline(axes, measure, baselines)

    return _svg(measure.name, BAR_SIZE, measure.title, draw)


def curve(stage: str, losses: Losses) -> str:
    """Training and evaluation loss over the optimiser's steps."""

    def draw(axes: Axes) -> None:
        if losses.train:
            axes.plot(*zip(*losses.train, strict=True), color=STAGES[2], linewidth=1.4, label="training")
        if losses.evaluation:
            points = zip(*losses.evaluation, strict=True)
            axes.plot(*points, color=ACCENT, linewidth=1.2, marker="o", markersize=3, label="held out")
        axes.set_xlabel("optimiser step")
        axes.set_ylabel("preference loss" if stage == "dpo" else "loss, nats a token")
        axes.set_ylim(0, 1.08 * max(loss for _, loss in (*losses.train, *losses.evaluation)))
        axes.legend(frameon=False)

    return _svg(f"loss_{stage}", CURVE_SIZE, f"{stage}: loss over steps", draw)


def _draw_bars(axes: Axes, measure: Measure, figures: Mapping[str, Figure]) -> None:
    scale = _scale(measure)
    values = [scale * figure["value"] for figure in figures.values()]
    below = [scale * max(0.0, figure["value"] - figure["low"]) for figure in figures.values()]
    above = [scale * max(0.0, figure["high"] - figure["value"]) for figure in figures.values()]
    tops = [value + reach for value, reach in zip(values, above, strict=True)]
    axes.bar(list(figures), values, color=[STAGES[place % len(STAGES)] for place in range(len(figures))], width=0.62)
    axes.errorbar(list(figures), values, [below, above], fmt="none", ecolor=INK, elinewidth=1, capsize=3)
    axes.set_ylim(0, 1.18 * max(*tops, scale / 100))
    axes.set_ylabel("%" if measure.share else "bits a byte")
    axes.grid(visible=False, axis="x")
    for place, (figure, top) in enumerate(zip(figures.values(), tops, strict=True)):
        label = number(measure, figure["value"]).removesuffix(" %")
        axes.annotate(label, (place, top), (0, 3), textcoords="offset points", ha="center", zorder=5, bbox=LABEL)


def _draw_baseline(axes: Axes, measure: Measure, baselines: Mapping[str, float]) -> None:
    key, title = BASELINES.get(measure.name, ("", ""))
    if key not in baselines:
        return
    height = _scale(measure) * baselines[key]
    axes.axhline(height, color=ACCENT, linewidth=1.1, linestyle=(0, (4, 3)), label=title)
    axes.set_ylim(top=max(axes.get_ylim()[1], 1.15 * height))
    axes.legend(frameon=False, fontsize=8, loc="lower left", bbox_to_anchor=(-0.02, 0.98), borderaxespad=0)


def _scale(measure: Measure) -> float:
    return 100.0 if measure.share else 1.0


def _svg(name: str, size: tuple[float, float], label: str, draw: Callable[[Axes], None]) -> str:
    """The same drawing gives the same bytes; `name` keeps the ids of several drawings on one page apart."""
    with rc_context({**STYLE, "svg.hashsalt": name}):
        canvas = Canvas(figsize=size, layout="constrained")
        draw(canvas.subplots())
        out = io.StringIO()
        canvas.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    svg = out.getvalue()
    return svg[svg.index("<svg") :].replace("<svg ", f'<svg role="img" aria-label="{escape(label)}" ', 1)
