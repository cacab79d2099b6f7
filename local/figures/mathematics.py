"""The part of CloudWatch's metric mathematics that our alarms use. A missing value is None, and spreads."""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

Value = float | None

OPERATORS: Final[dict[type, Callable[[float, float], float]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
}


def worked_out(expression: str, values: Mapping[str, Value]) -> Value:
    """The value of an expression at one moment."""
    tree = ast.parse(re.sub(r"\bIF\(", "IF_(", expression), mode="eval")
    return _value(tree.body, values)


def _value(node: ast.expr, values: Mapping[str, Value]) -> Value:
    match node:
        case ast.Constant(value=number):
            return float(str(number))
        case ast.Name(id=name):
            return values[name]
        case ast.BinOp(left=left, op=sign, right=right):
            return _both(OPERATORS[type(sign)], _value(left, values), _value(right, values))
        case ast.Compare(left=left, ops=[sign], comparators=[right]):
            return _both(OPERATORS[type(sign)], _value(left, values), _value(right, values))
        case ast.Call(func=ast.Name(id="FILL"), args=[inner, instead]):
            filled = _value(inner, values)
            return _value(instead, values) if filled is None else filled
        case ast.Call(func=ast.Name(id="IF_"), args=[question, yes, no]):
            answer = _value(question, values)
            return None if answer is None else _value(yes if answer else no, values)
    raise NotImplementedError(ast.dump(node))


def _both(act: Callable[[float, float], Any], left: Value, right: Value) -> Value:
    if left is None or right is None or (act is operator.truediv and right == 0):
        return None
    return float(act(left, right))
