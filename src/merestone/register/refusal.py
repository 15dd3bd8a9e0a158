"""Why something is not accepted: the rule it breaks and a sentence. Verification raises one of these or says nothing."""

from __future__ import annotations

from enum import StrEnum

from merestone.errors import MerestoneError


class Rule(StrEnum):
    """The rules of `docs/formats/register/rules.md`, and the carriers that have rules of their own."""

    FORM = "E1"
    PLACE = "E2"
    REGISTER = "E3"
    ONCE = "E4"
    BASE = "E5"
    KEY_SET = "E6"
    SIGNERS = "E7"
    NEW_KEY = "E8"
    EXPIRY = "E9"
    WITHDRAWN = "E10"
    UNDISTURBED = "E11"
    BLOBS = "E12"
    KINDS = "E13"
    FORCE = "E14"
    HEAD = "head"
    LOG = "log"
    BUNDLE = "bundle"
    EXPORT = "export"
    PROOF = "proof"
    EVIDENCE = "evidence"
    ENROLMENT = "enrolment"
    KEY_FILE = "key file"
    COSIGNING = "cosigning"

    @property
    def page(self) -> str:
        """What its page is called: the rule, without blanks."""
        return self.value.replace(" ", "-")


class RefusedError(MerestoneError):
    """Something breaks a rule; `index` is the place in the log where it stands, None where it stands in none."""

    def __init__(self, rule: Rule, why: str, index: int | None = None) -> None:
        place = "" if index is None else f"entry {index}: "
        super().__init__(f"{place}{why} ({rule})")
        self.rule = rule
        self.why = why
        self.index = index

    def at(self, index: int) -> RefusedError:
        """The same refusal with the place where it happened."""
        return RefusedError(self.rule, self.why, index)


class NoRegisterError(RefusedError):
    """There is no register where one was looked for."""


class StoreFailedError(RefusedError):
    """The store could not be read or written for a reason in the world: a disk, a permission, somebody else at it."""
