"""TERYT ws1 as its documentation has it: SOAP over HTTP, a UsernameToken, catalogues in a ZIP.

The shape of the message types is this server's own; names of operations, arguments and fields of
the answer are the contract's.
"""

import base64
import io
import xml.etree.ElementTree as ET
import zipfile
from datetime import date

from tests.contract.serving import Question, Reply

WSDL = "/wsdl/terytws1.wsdl"
ENDPOINT = "/terytws1.svc"
NAMESPACE = "http://tempuri.org/"
_WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"


class Teryt:
    """``registers``: CSV text by day. ``state``: whole, truncated (half a ZIP), empty (no file),
    down (status 503), strange (another answer than the WSDL says), closed (a notice in place of
    the WSDL)."""

    def __init__(
        self,
        registers: dict[str, str],
        user: str = "jan",
        password: str = "tajne",
        state: str = "whole",
        times: int = 1_000_000,
    ) -> None:
        self.registers, self.user, self.password = registers, user, password
        self.state, self.times = state, times  # how many catalogues more are in that state
        self.operations: list[str] = []

    def answer(self, question: Question) -> Reply:
        if question.path == WSDL and self.state == "closed":
            return _xml("<html><body>Prace serwisowe</body></html>")
        if question.path == WSDL:
            here = f"http://{question.headers['host']}{ENDPOINT}"
            return _xml(_DESCRIPTION.replace("{endpoint}", here))
        if question.path != ENDPOINT or question.method != "POST":
            return Reply(404, b"nie ma")
        message = ET.fromstring(question.body)
        if (_text(message, "Username"), _text(message, "Password")) != (self.user, self.password):
            told = f"An error occurred when verifying security for the message of {self.user}."
            return _fault("FailedAuthentication", told)
        body = next(e for e in message.iter() if e.tag.endswith("}Body"))
        operation = body[0].tag.rpartition("}")[2]
        self.operations.append(operation)
        if operation == "CzyZalogowany":
            return _result(operation, "true")
        return self._catalogue(_text(body, "DataStanu")[:10])

    def _catalogue(self, day: str) -> Reply:
        state = self.state if self.times > 0 else "whole"
        self.times -= 1
        if state == "down":
            return Reply(503, b"przerwa")
        if state == "strange":
            return _xml("<html><body>Prace serwisowe</body></html>")
        register = self.registers.get(day)
        if register is None:
            return _fault("Client", f"Brak katalogu na dzień {date.fromisoformat(day)}")
        content = base64.b64encode(zipped(f"TERC_{day}", register)).decode()
        if state == "truncated":
            content = content[: len(content) // 8 * 4]
        if state == "empty":
            content = ""
        inner = (
            f"<b:nazwa_pliku>TERC_{day}.zip</b:nazwa_pliku>"
            f"<b:plik_zawartosc>{content}</b:plik_zawartosc>"
        )
        return _result("PobierzKatalogTERC", inner)


def zipped(name: str, register: str) -> bytes:
    """The catalogue as it is packed: CSV and XML."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for form, text in (("csv", "\ufeff" + register), ("xml", "<teryt/>")):
            archive.writestr(zipfile.ZipInfo(f"{name}.{form}"), text)  # without the time
    return packed.getvalue()


def _text(message: ET.Element, name: str) -> str:
    return next((e.text or "" for e in message.iter() if e.tag.rpartition("}")[2] == name), "")


def _xml(text: str, status: int = 200) -> Reply:
    return Reply(status, text.encode(), media="text/xml; charset=utf-8")


def _result(operation: str, inner: str) -> Reply:
    return _xml(
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
        f'<{operation}Response xmlns="{NAMESPACE}"><{operation}Result xmlns:b="{NAMESPACE}">'
        f"{inner}</{operation}Result></{operation}Response></s:Body></s:Envelope>"
    )


def _fault(code: str, reason: str) -> Reply:
    return _xml(
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>'
        f'<faultcode xmlns:a="{_WSSE}">a:{code}</faultcode>'
        f'<faultstring xml:lang="pl-PL">{reason}</faultstring></s:Fault></s:Body></s:Envelope>',
        500,
    )


_DESCRIPTION = f"""<?xml version="1.0" encoding="utf-8"?>
<wsdl:definitions name="TerytWs1" targetNamespace="{NAMESPACE}" xmlns:tns="{NAMESPACE}"
    xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/">
  <wsdl:types>
    <xs:schema elementFormDefault="qualified" targetNamespace="{NAMESPACE}">
      <xs:element name="CzyZalogowany"><xs:complexType/></xs:element>
      <xs:element name="CzyZalogowanyResponse"><xs:complexType><xs:sequence>
        <xs:element name="CzyZalogowanyResult" type="xs:boolean" minOccurs="0"/>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="PobierzKatalogTERC"><xs:complexType><xs:sequence>
        <xs:element name="DataStanu" type="xs:dateTime" minOccurs="0"/>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="PobierzKatalogTERCResponse"><xs:complexType><xs:sequence>
        <xs:element name="PobierzKatalogTERCResult" type="tns:PlikKatalog" minOccurs="0"/>
      </xs:sequence></xs:complexType></xs:element>
      <xs:complexType name="PlikKatalog"><xs:sequence>
        <xs:element name="nazwa_pliku" type="xs:string" minOccurs="0"/>
        <xs:element name="plik_zawartosc" type="xs:string" minOccurs="0"/>
      </xs:sequence></xs:complexType>
    </xs:schema>
  </wsdl:types>
  {{messages}}
  <wsdl:portType name="ITerytWs1">{{operations}}</wsdl:portType>
  <wsdl:binding name="custom" type="tns:ITerytWs1">
    <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>{{bound}}
  </wsdl:binding>
  <wsdl:service name="TerytWs1"><wsdl:port name="custom" binding="tns:custom">
    <soap:address location="{{endpoint}}"/>
  </wsdl:port></wsdl:service>
</wsdl:definitions>
"""
_OPERATIONS = ("CzyZalogowany", "PobierzKatalogTERC")
for _name, _lines in {
    "messages": "<wsdl:message name='{0}In'><wsdl:part name='p' element='tns:{0}'/></wsdl:message>"
    "<wsdl:message name='{0}Out'><wsdl:part name='p' element='tns:{0}Response'/></wsdl:message>",
    "operations": "<wsdl:operation name='{0}'><wsdl:input message='tns:{0}In'/>"
    "<wsdl:output message='tns:{0}Out'/></wsdl:operation>",
    "bound": "<wsdl:operation name='{0}'><soap:operation soapAction='http://tempuri.org/{0}'/>"
    "<wsdl:input><soap:body use='literal'/></wsdl:input>"
    "<wsdl:output><soap:body use='literal'/></wsdl:output></wsdl:operation>",
}.items():
    _told = "".join(_lines.format(name) for name in _OPERATIONS)
    _DESCRIPTION = _DESCRIPTION.replace(f"{{{_name}}}", _told)
