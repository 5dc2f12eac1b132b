"""MathML of our formulas as the mathematics of Word, which an officer can edit."""

from xml.etree import ElementTree as ET

from smup.documents.xml import escaped


def mathematics(mathml: str) -> str:
    """A formula of numbers, words, signs and fractions, standing on a line of its own."""
    return f"<m:oMathPara><m:oMath>{_math(ET.fromstring(mathml))}</m:oMath></m:oMathPara>"


def _math(element: ET.Element) -> str:
    name = element.tag.rpartition("}")[2]
    if name in ("mn", "mo", "mi", "mtext"):
        upright = '<m:rPr><m:sty m:val="p"/></m:rPr>'  # words are not products of variables
        return f'<m:r>{upright}<m:t xml:space="preserve">{escaped(element.text or "")}</m:t></m:r>'
    inside = [_math(child) for child in element]
    if name == "mfrac":
        over, under = inside
        return f"<m:f><m:num>{over}</m:num><m:den>{under}</m:den></m:f>"
    return "".join(inside)
