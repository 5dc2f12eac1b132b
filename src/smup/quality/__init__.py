"""What is wrong with data, found by simple rules and said in Polish."""

from smup.quality.codes import CODES, FindingCode, Severity
from smup.quality.findings import Finding, finding, write_findings

__all__ = ["CODES", "Finding", "FindingCode", "Severity", "finding", "write_findings"]
