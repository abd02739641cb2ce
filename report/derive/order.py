"""Computing all derived series, each after those that it uses.

Pure. Takes declarations that have passed the checks: it reports nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from graphlib import TopologicalSorter

from report.derive.operations import OPERATIONS
from report.model import DerivedDeclaration, Point, Series


def compute_points(
    declaration: DerivedDeclaration, inputs: tuple[tuple[Point, ...], ...]
) -> tuple[Point, ...]:
    """The points of one derived series from the known points of its inputs."""
    operation = OPERATIONS[declaration.operation]
    options = operation.options.model_validate(dict(declaration.options))
    return operation.compute(inputs, options)


Compute = Callable[[DerivedDeclaration, tuple[tuple[Point, ...], ...]], tuple[Point, ...]]
"""What does as `compute_points` does."""


def derive_series(
    declarations: Mapping[str, DerivedDeclaration],
    observed: Mapping[str, Series],
    compute: Compute = compute_points,
) -> dict[str, Series]:
    """All derived series in the order of their declarations; inputs may be derived themselves."""
    graph = {name: declaration.of for name, declaration in declarations.items()}
    computed: dict[str, Series] = {}
    for name in TopologicalSorter(graph).static_order():
        if name in declarations:
            inputs = tuple(
                (computed.get(source) or observed[source]).known for source in graph[name]
            )
            points = compute(declarations[name], inputs)
            computed[name] = Series(declarations[name], points)
    return {name: computed[name] for name in declarations}
