"""What a signature in the register means and what it does not: one text, shown before signing and by `sign`."""

from __future__ import annotations

MEANS = (
    "Whoever signs states, with the key of their slot, that these exact bytes are what they declare in the role of that "
    "slot in this register: the texts in every language shown, the line, the dates, what prevails, and the changes that the "
    "act carries forward and replaces. The signature does not fit another register, role, kind of act or text."
)

MEANS_NOT = (
    "Software declares nothing in law. A signature here does not sign or ratify a treaty, and it is not a full power. It "
    "does not make anything binding that international law and the constitution of a State do not make binding. «In force» "
    "is what the signed acts say. An act has effect in this register only when both parties have signed the same bytes and "
    "both have cosigned a log that contains them. Silence never changes a boundary."
)

CHECKED = (
    "This machine has checked that the bytes shown have the digests named and, where it says so, that the texts compile here "
    "to the signed line. No machine has checked whether the words are those that were agreed, whether the texts mean the "
    "same in every language, or what the act states under figures and toolchain."
)

MEANING = (MEANS, MEANS_NOT, CHECKED)
"""The three paragraphs."""
