"""Reports: what is wrong with mapping files, tables and calls.

SPDX-License-Identifier: MIT
"""
import os
from typing import TYPE_CHECKING, Dict, Iterator, Optional, Tuple, Union

from ._library import library
from ._memory import BytesLike, Handle, Owned, borrowed, ended, ended_or_none, items_of, octets_of
from ._words import Rule, Severity
from .error import MappingError, MisuseError, check
from .release import Release
from .table import Path, Table, table_pointer
from .verdict import Finding, finding_of
from .word import number_of

if TYPE_CHECKING:
    from .survey import Survey


class Report(Owned):
    """Findings, and which of them are wanted. It may be filled again and again.

    >>> with Report() as report:
    ...     report.validate_bytes("{sipcause: 1, extends: default, map: {q850: {503: Busy}}}", "acme.yaml")
    ...     for finding in report:
    ...         print(finding.file, finding.line, finding.column, finding.severity, finding.rule)
    ...     report.counts[Severity.ERROR]
    acme.yaml 1 46 error status-in-cause
    1
    """

    def __init__(self) -> None:
        self._handle = Handle(library.sipcause_report_new(), library.sipcause_report_free)
        self._survey: Optional[Handle] = None  # it is borrowed by the report, and must live as long

    def severity(self, rule: Union[Rule, str], severity: Union[Severity, str]) -> None:
        """The severity of a rule for what is validated from then on, whatever a mapping file says under `check`."""
        numbers = number_of(Rule, rule), number_of(Severity, severity)
        with self._held() as pointer:
            result = library.sipcause_report_severity(pointer, *numbers)
        check(MisuseError, result)

    def observe(self, survey: Optional["Survey"]) -> None:
        """Holds what is validated from then on against real traffic too; None: no more. The report keeps the survey,
        though it be closed."""
        taken = None if survey is None else survey._held()
        with self._held() as pointer:
            result = library.sipcause_report_observe(pointer, None if taken is None else taken.pointer)
            if result >= 0:
                self._survey = taken
        check(MisuseError, result)

    # ---- what is validated

    def validate_file(self, path: Path) -> None:
        """Validates a mapping file or a trunk object. A FileError, which is a FileNotFoundError where it is one, says
        that it cannot be read; that is a finding too."""
        name = ended(os.fsencode(path))
        with self._held() as pointer, _kept(self._survey):
            result = library.sipcause_validate_file(name, pointer)
        check(MappingError, result, None, f"{os.fsdecode(name)} cannot be opened or read", name)

    def validate_bytes(self, content: Union[str, BytesLike], name: Optional[str] = None) -> None:
        """The same from memory. name: what findings give as the file's name."""
        given = octets_of(content) if isinstance(content, str) else content
        with borrowed(given) as (address, length), self._held() as pointer, _kept(self._survey):
            result = library.sipcause_validate_bytes(address, length, ended_or_none(name), pointer)
        check(MisuseError, result)

    def validate_table(self, table: Optional[Table] = None) -> None:
        """The same of a table, whoever built it; None: "default"."""
        with self._held() as pointer, _kept(self._survey):
            result = library.sipcause_validate_table(table_pointer(table), pointer)
        check(MisuseError, result)

    def validate_release(self, release: Release) -> None:
        """The same of a call's evidence."""
        with release._held() as evidence, self._held() as pointer:
            result = library.sipcause_validate_release(evidence, pointer)
        check(MisuseError, result)

    # ---- what was found

    @property
    def findings(self) -> Tuple[Finding, ...]:
        """Those that are kept, file after file, in each by line and column."""
        with self._held() as pointer:
            found = items_of(library.sipcause_report_count, library.sipcause_report_at, pointer)
            return tuple(finding_of(finding) for finding in found)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        with self._held() as pointer:
            return int(library.sipcause_report_count(pointer))

    def __bool__(self) -> bool:
        return True  # a report without findings is one

    @property
    def counts(self) -> Dict[Severity, int]:
        """How many findings of a severity there were since the last clear, those that were not kept among them."""
        with self._held() as pointer:
            return {severity: int(library.sipcause_report_count_of(pointer, severity.number))
                    for severity in (Severity.NOTE, Severity.WARNING, Severity.ERROR)}

    def clear(self) -> None:
        """Forgets the findings; severities and survey stay."""
        with self._held() as pointer:
            library.sipcause_report_clear(pointer)

    def __repr__(self) -> str:
        if self.closed:
            return "<sipcause.Report, closed>"
        return "<sipcause.Report " + ", ".join(f"{count} {name}s" for name, count in self.counts.items()) + ">"


class _kept:
    """Keeps other threads from changing the survey that a report looks at."""

    def __init__(self, survey: Optional[Handle]) -> None:
        self._survey = survey

    def __enter__(self) -> None:
        if self._survey is not None:
            self._survey.__enter__()

    def __exit__(self, *error: object) -> None:
        if self._survey is not None:
            self._survey.__exit__(None, None, None)
