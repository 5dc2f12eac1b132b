"""The formula language: what is read, what is refused and where, what it evaluates to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.compute.formula import (
    Binary,
    FormulaCycleError,
    FormulaError,
    Lag,
    MinMax,
    Name,
    Negate,
    Node,
    Number,
    RollingSum,
    dependency_order,
    evaluate_scalar,
    expand,
    names,
    needed,
    parse,
    substitute,
    to_text,
)

A, B, C = Name("a"), Name("b"), Name("c")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("a", A),
        ("100", Number(100)),
        ("0.25", Number(0.25)),
        ("@przyrost-naturalny", Name("przyrost-naturalny", indicator=True)),
        ("a[-2]", Lag(A, 2)),
        ("@x[-1]", Lag(Name("x", indicator=True), 1)),
        ("sum(a, 3)", RollingSum(A, 3)),
        ("min(a, 0, b)", MinMax("min", (A, Number(0), B))),
        ("-a", Negate(A)),
        ("a - b - c", Binary("-", Binary("-", A, B), C)),
        ("a / b * c", Binary("*", Binary("/", A, B), C)),
        ("a + b * c", Binary("+", A, Binary("*", B, C))),
        ("(a + b) * c", Binary("*", Binary("+", A, B), C)),
        ("-a * b", Binary("*", Negate(A), B)),
        ("a - -b", Binary("-", A, Negate(B))),
        (" 100*a /b ", Binary("/", Binary("*", Number(100), A), B)),
        ("sum", Name("sum")),  # a name, since no bracket follows
    ],
)
def test_reading(text: str, node: Node) -> None:
    assert parse(text) == node


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("", 1, "wzór się urywa"),
        ("100 *", 6, "wzór się urywa"),
        ("a b", 3, "oczekiwano końca wzoru, jest „b”"),
        ("a + * b", 5, "oczekiwano liczby, nazwy zmiennej, @wskaźnika albo nawiasu, jest „*”"),
        ("(a + b", 7, "oczekiwano „)”, wzór się urywa"),
        ("a)", 2, "oczekiwano końca wzoru, jest „)”"),
        ("a ^ 2", 3, "nie rozumiem znaku „^”"),
        ("a, b", 2, "oczekiwano końca wzoru, jest „,”"),
        ("1,5 * a", 2, "oczekiwano końca wzoru, jest „,”"),
        ("Ludnosc", 1, "nie rozumiem znaku „L”"),
        ("a[1]", 3, "oczekiwano „-”, jest „1”"),
        ("a[-0]", 4, "liczba lat powinna być od 1 do 60"),
        ("a[-1.5]", 4, "oczekiwano całkowitej liczby lat"),
        ("a[-100]", 4, "liczba lat powinna być od 1 do 60"),
        ("a[-1", 5, "oczekiwano „]”, wzór się urywa"),
        ("sum(a)", 6, "oczekiwano „,”, jest „)”"),
        ("sum(a, 1)", 8, "liczba lat powinna być od 2 do 60"),
        ("sum(a + b, 3)", 7, "oczekiwano „,”, jest „+”"),
        ("sum(3, a)", 5, "oczekiwano nazwy zmiennej albo @wskaźnika, jest „3”"),
        ("min(a)", 6, "funkcja min porównuje co najmniej dwie wartości"),
        ("avg(a, b)", 1, "nieznana funkcja „avg”; znane: sum, min, max"),
        ("2 a", 3, "oczekiwano końca wzoru, jest „a”"),
    ],
)
def test_a_fault_has_a_position(text: str, position: int, message: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert caught.value.position == position
    assert message in str(caught.value)
    assert f"znak {position}" in str(caught.value)


@pytest.mark.parametrize("text", ["(" * 200 + "a" + ")" * 200, "-" * 200 + "a"])
def test_deep_nesting_is_refused_not_a_crash(text: str) -> None:
    with pytest.raises(FormulaError, match="za dużo zagnieżdżonych nawiasów"):
        parse(text)


def atoms_of(name: Name) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.just(name),
        st.integers(1, 60).map(lambda years: Lag(name, years)),
        st.integers(2, 60).map(lambda years: RollingSum(name, years)),
    )


NAMES = st.one_of(
    st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True).map(Name),
    st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,4})?", fullmatch=True).map(
        lambda one: Name(one, indicator=True)
    ),
)
LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.floats(0, 1e12, allow_nan=False).map(Number), NAMES.flatmap(atoms_of)
)
NODES: st.SearchStrategy[Node] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Negate, inner),
        st.builds(Binary, st.sampled_from("+-*/"), inner, inner),
        st.builds(
            MinMax,
            st.sampled_from(["min", "max"]),
            st.lists(inner, min_size=2, max_size=3).map(tuple),
        ),
    ),
    max_leaves=12,
)


@given(NODES)
def test_canonical_text_reads_back(node: Node) -> None:
    text = to_text(node)
    assert parse(text) == node
    assert to_text(parse(text)) == text


def test_canonical_text_has_no_needless_brackets() -> None:
    assert to_text(parse("((a)+(b*c))-((a-b))")) == "a + b * c - (a - b)"
    assert to_text(parse("100.0*a/(b*c)")) == "100 * a / (b * c)"
    assert to_text(Number(1e-7)) == "0.0000001"


def test_names_in_order_each_once() -> None:
    node = parse("100 * (b - b[-1]) / sum(a, 3) + @x - min(c, a)")
    assert names(node) == (B, A, Name("x", indicator=True), C)


def test_needed_names_every_year() -> None:
    assert needed(parse("a + a[-1] + sum(b, 3) + @x[-2]")) == (
        "a",
        "a[-1]",
        "b",
        "b[-1]",
        "b[-2]",
        "@x[-2]",
    )


SMALL = st.integers(1, 9).map(float)
PLAIN: st.SearchStrategy[Node] = st.recursive(
    st.one_of(SMALL.map(Number), st.sampled_from([A, B, C])),
    lambda inner: st.one_of(
        st.builds(Negate, inner), st.builds(Binary, st.sampled_from("+-*/"), inner, inner)
    ),
    max_leaves=8,
)


@given(PLAIN, SMALL, SMALL, SMALL)
def test_value_is_that_of_ordinary_arithmetic(node: Node, a: float, b: float, c: float) -> None:
    """The text of a formula without lags is also an expression of Python, our second opinion."""
    given_values = {"a": a, "b": b, "c": c}
    try:
        expected = float(eval(to_text(node), {"__builtins__": {}}, given_values))
    except ZeroDivisionError:
        with pytest.raises(ZeroDivisionError):
            evaluate_scalar(node, given_values)
        return
    assert evaluate_scalar(node, given_values) == expected


def test_value_with_lags_sums_and_extremes() -> None:
    given_values = {"a": 5.0, "a[-1]": 4.0, "a[-2]": 1.0, "@x": 7.0}
    assert evaluate_scalar(parse("sum(a, 3)"), given_values) == 10
    assert evaluate_scalar(parse("100 * (a / a[-1] - 1)"), given_values) == 25
    assert evaluate_scalar(parse("max(a[-2], @x, 2) - min(a, 3)"), given_values) == 4
    with pytest.raises(KeyError):
        evaluate_scalar(parse("a[-3]"), given_values)


def test_expand_puts_formulas_in_place_of_indicators() -> None:
    formulas = {"x": parse("a / b"), "y": parse("@x + c[-1]")}
    assert to_text(expand(parse("2 * @y"), formulas)) == "2 * (a / b + c[-1])"
    assert to_text(expand(parse("@y[-2]"), formulas)) == "a[-2] / b[-2] + c[-3]"
    assert to_text(expand(parse("sum(@x, 2)"), formulas)) == "a / b + a[-1] / b[-1]"
    assert to_text(expand(parse("@z[-1]"), {"z": parse("sum(a, 2)")})) == "a[-1] + a[-2]"
    with pytest.raises(KeyError):
        expand(parse("@none"), formulas)


def test_expand_agrees_with_evaluating_step_by_step() -> None:
    """Values of a for four years; x is worked out by hand for each year, then summed."""
    a = {"a": 8.0, "a[-1]": 4.0, "a[-2]": 2.0, "a[-3]": 1.0}
    x = {"@x": 2.0, "@x[-1]": 2.0, "@x[-2]": 2.0}
    formulas = {"x": parse("a / a[-1]")}
    for text in ("@x + 1", "@x[-2] * @x", "sum(@x, 3)", "-max(@x, @x[-1])"):
        node = parse(text)
        assert evaluate_scalar(expand(node, formulas), a) == evaluate_scalar(node, x)


def test_dependency_order() -> None:
    formulas = {"c": parse("@b[-1] + @a"), "b": parse("@a * 2"), "a": parse("x"), "d": parse("x")}
    order = dependency_order(formulas)
    assert sorted(order) == ["a", "b", "c", "d"]
    assert order.index("a") < order.index("b") < order.index("c")


@pytest.mark.parametrize(
    ("formulas", "members"),
    [
        ({"a": "@a[-1] + x"}, {"a"}),
        ({"a": "@b", "b": "sum(@c, 2)", "c": "1 + @a", "d": "@a"}, {"a", "b", "c"}),
    ],
)
def test_a_circle_is_named(formulas: dict[str, str], members: set[str]) -> None:
    with pytest.raises(FormulaCycleError) as caught:
        dependency_order({one: parse(text) for one, text in formulas.items()})
    cycle = caught.value.cycle
    assert cycle[0] == cycle[-1]
    assert set(cycle) == members
    assert " → ".join(cycle) in str(caught.value)


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("100 * d / b", "100 * ((8 * a[-1] + 4 * a) / 12) / b"),
        ("d[-2]", "(8 * a[-3] + 4 * a[-2]) / 12"),
        ("sum(d, 2)", "(8 * a[-1] + 4 * a) / 12 + (8 * a[-2] + 4 * a[-1]) / 12"),
        ("@d + c", "@d + c"),  # an indicator of the same name is another thing
    ],
)
def test_derived_variables_are_replaced(text: str, becomes: str) -> None:
    derived = {"d": parse("(8 * a[-1] + 4 * a) / 12")}
    assert to_text(substitute(parse(text), derived)) == to_text(parse(becomes))
