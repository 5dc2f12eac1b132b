"""Structures as an SDMX-ML 2.1 structure message."""

from collections.abc import Callable, Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from smup.formats.extract import Extract
from smup.formats.sdmx.header import COMMON, DECLARATION, MESSAGE, xml_header
from smup.formats.sdmx.model import (
    AGENCY,
    INDICATOR,
    TIME,
    VALUE,
    VERSION,
    Artefact,
    Component,
    Constraint,
    Flow,
    Item,
    Names,
    Scheme,
    Structure,
    Structures,
    urn,
)

_STRUCTURE = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure"
_START = (
    f'{DECLARATION}<mes:Structure xmlns:mes="{MESSAGE}" xmlns:com="{COMMON}" '
    f'xmlns:str="{_STRUCTURE}">'
)


def structure_xml(found: Structures, about: Extract) -> bytes:
    """The message, its names in both languages; ``about`` says of which release."""
    parts = (
        _list("OrganisationSchemes", map(_agencies, found.agencies)),
        _list("Dataflows", map(_flow, found.flows)),
        _list("Codelists", (_scheme(one, "Codelist", "Code") for one in found.codelists)),
        _list("Concepts", (_scheme(one, "ConceptScheme", "Concept") for one in found.concepts)),
        _list("DataStructures", map(_structure, found.structures)),
        _list("Constraints", map(_constraint, found.constraints)),
    )
    body = "".join(parts)
    told = f"<mes:Structures>{body}</mes:Structures>" if body else ""
    return f"{_START}{xml_header(about)}{told}</mes:Structure>".encode()


def _list(tag: str, parts: Iterable[str]) -> str:
    inside = "".join(parts)
    return f"<str:{tag}>{inside}</str:{tag}>" if inside else ""


def _names(names: Names, about: Names) -> str:
    told = [("Name", names), ("Description", about)]
    return "".join(
        f'<com:{tag} xml:lang="{lang}">{escape(text)}</com:{tag}>'
        for tag, texts in told
        for lang, text in texts.items()
    )


def _attributes(one: Artefact, more: str = "") -> str:
    stub = ' isExternalReference="true"' if one.stub else ""
    return (
        f"id={quoteattr(one.id)} agencyID={quoteattr(one.agency)} "
        f'version="{one.version}" isFinal="false" urn={quoteattr(one.urn)}{stub}{more}'
    )


def _agencies(one: Scheme) -> str:
    items = "".join(
        f"<str:Agency id={quoteattr(item.id)}>{_names(item.names, item.about)}</str:Agency>"
        for item in one.items
    )
    inside = f"{_names(one.names, one.about)}{items}"
    return f"<str:AgencyScheme {_attributes(one)}>{inside}</str:AgencyScheme>"


def _scheme(one: Scheme, tag: str, item_tag: str) -> str:
    partial = ' isPartial="true"' if one.partial else ""
    items = "".join(_item(one, tag, item_tag, item) for item in one.items)
    inside = f"{_names(one.names, one.about)}{items}"
    return f"<str:{tag} {_attributes(one, partial)}>{inside}</str:{tag}>"


def _item(one: Scheme, tag: str, item_tag: str, item: Item) -> str:
    package = f"{tag.lower()}.{item_tag}"
    name = urn(package, one.agency, one.id, one.version, item.id)
    parent = f"<str:Parent><Ref id={quoteattr(item.parent)}/></str:Parent>" if item.parent else ""
    written = _representation(item.written, "Core") if item.written else ""
    inside = f"{_names(item.names, item.about)}{parent}{written}"
    return (
        f"<str:{item_tag} id={quoteattr(item.id)} urn={quoteattr(name)}>{inside}</str:{item_tag}>"
    )


def reference(tag: str, one: str, kind: str, package: str) -> str:
    """A reference to an artefact of ours, as SDMX-ML 2.1 writes it."""
    return (
        f'<{tag}><Ref id={quoteattr(one)} agencyID="{AGENCY}" version="{VERSION}" '
        f'class="{kind}" package="{package}"/></{tag}>'
    )


def _flow(one: Flow) -> str:
    structure = (
        ""
        if one.stub
        else reference("str:Structure", one.structure, "DataStructure", "datastructure")
    )
    return (
        f"<str:Dataflow {_attributes(one)}>{_names(one.names, one.about)}{structure}</str:Dataflow>"
    )


def _structure(one: Structure) -> str:
    names = _names(one.names, one.about)
    if one.stub:
        return f"<str:DataStructure {_attributes(one)}>{names}</str:DataStructure>"

    def identity(of: Component) -> str:
        return (
            f'<str:ConceptIdentity><Ref id="{of.id}" '
            f"maintainableParentID={quoteattr(one.concepts)} "
            f'maintainableParentVersion="{VERSION}" agencyID="{AGENCY}" class="Concept" '
            f'package="conceptscheme"/></str:ConceptIdentity>'
        )

    dimensions = "".join(
        f'<str:Dimension id="{of.id}" position="{place}">'
        f"{identity(of)}{_representation(of)}</str:Dimension>"
        for place, of in enumerate(one.dimensions, start=1)
    )
    time, value = Component(TIME, text="GregorianYear"), Component(VALUE, text="Double")
    return (
        f"<str:DataStructure {_attributes(one)}>{names}<str:DataStructureComponents>"
        f'<str:DimensionList id="DimensionDescriptor">{dimensions}'
        f'<str:TimeDimension id="{TIME}" position="{len(one.dimensions) + 1}">'
        f"{identity(time)}{_representation(time)}</str:TimeDimension></str:DimensionList>"
        f'<str:AttributeList id="AttributeDescriptor">'
        f"{''.join(_attribute(of, identity) for of in one.attributes)}</str:AttributeList>"
        f'<str:MeasureList id="MeasureDescriptor"><str:PrimaryMeasure id="{VALUE}">'
        f"{identity(value)}{_representation(value)}</str:PrimaryMeasure></str:MeasureList>"
        f"</str:DataStructureComponents></str:DataStructure>"
    )


def _attribute(of: Component, identity: Callable[[Component], str]) -> str:
    related: Mapping[str, str] = {
        "dataset": "<str:None/>",
        "series": f'<str:Dimension><Ref id="{INDICATOR}"/></str:Dimension>',
        "observation": f'<str:PrimaryMeasure><Ref id="{VALUE}"/></str:PrimaryMeasure>',
    }
    status = "Mandatory" if of.mandatory else "Conditional"
    return (
        f'<str:Attribute id="{of.id}" assignmentStatus="{status}">'
        f"{identity(of)}{_representation(of)}"
        f"<str:AttributeRelationship>{related[of.level]}</str:AttributeRelationship>"
        f"</str:Attribute>"
    )


def _representation(of: Component, tag: str = "Local") -> str:
    if of.codelist:
        inside = reference("str:Enumeration", of.codelist, "Codelist", "codelist")
    else:
        inside = f'<str:TextFormat textType="{of.text}"/>'
    return f"<str:{tag}Representation>{inside}</str:{tag}Representation>"


def _constraint(one: Constraint) -> str:
    counts = "".join(
        f"<com:Annotation id={quoteattr(name)}><com:AnnotationTitle>{count}</com:AnnotationTitle>"
        "<com:AnnotationType>sdmx_metrics</com:AnnotationType></com:Annotation>"
        for name, count in one.counts.items()
    )
    noted = f"<com:Annotations>{counts}</com:Annotations>" if counts else ""
    names = noted + _names(one.names, one.about)
    head = f'<str:ContentConstraint {_attributes(one)} type="{one.role}">{names}'
    if one.stub:
        return f"{head}</str:ContentConstraint>"
    attached = reference("str:Dataflow", one.flow, "Dataflow", "datastructure")
    values = "".join(
        f'<com:KeyValue id="{name}">'
        + "".join(f"<com:Value>{escape(code)}</com:Value>" for code in codes)
        + "</com:KeyValue>"
        for name, codes in one.values.items()
        if codes
    )
    return (
        f"{head}<str:ConstraintAttachment>{attached}</str:ConstraintAttachment>"
        f'<str:CubeRegion include="true">{values}</str:CubeRegion></str:ContentConstraint>'
    )
