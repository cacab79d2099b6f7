"""The widgets that dashboards are made of. The title of each is the question that it answers."""

from collections.abc import Sequence

from aws_cdk import aws_cloudwatch as cloudwatch

Row = list[cloudwatch.IWidget]
Figures = Sequence[cloudwatch.IMetric]

WIDTH = 24
HEIGHT = 6


def row(*widgets: cloudwatch.ConcreteWidget) -> Row:
    """Widgets side by side."""
    return list(widgets)


def lines(
    question: str, figures: Figures, *, parts: int = 3, unit: str = "", limit: float | None = None
) -> cloudwatch.GraphWidget:
    """Figures over time, a `parts`-th of the width wide; `limit` is where an alarm rings."""
    return cloudwatch.GraphWidget(
        title=question,
        left=list(figures),
        left_y_axis=cloudwatch.YAxisProps(min=0, label=unit, show_units=False),
        left_annotations=[cloudwatch.HorizontalAnnotation(value=limit, label="alarm")] if limit is not None else [],
        width=WIDTH // parts,
        height=HEIGHT,
    )


def stacked(question: str, figures: Figures, *, parts: int = 3, unit: str = "") -> cloudwatch.GraphWidget:
    """Figures over time that add up to a whole."""
    return cloudwatch.GraphWidget(
        title=question,
        left=list(figures),
        stacked=True,
        left_y_axis=cloudwatch.YAxisProps(min=0, label=unit, show_units=False),
        width=WIDTH // parts,
        height=HEIGHT,
    )


def numbers(question: str, figures: Figures, *, parts: int = 3) -> cloudwatch.SingleValueWidget:
    """Figures over the whole time that is shown, each as one number."""
    return cloudwatch.SingleValueWidget(
        title=question, metrics=list(figures), set_period_to_time_range=True, width=WIDTH // parts, height=HEIGHT
    )


def states(question: str, alarms: Sequence[cloudwatch.IAlarm]) -> cloudwatch.AlarmStatusWidget:
    """Which alarms ring."""
    return cloudwatch.AlarmStatusWidget(title=question, alarms=list(alarms), width=WIDTH, height=4)
