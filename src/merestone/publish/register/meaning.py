"""What a signature in the register means and what it does not: one text, shown before signing and by `sign`."""

from __future__ import annotations

MEANS = (
    "Whoever signs states, with their slot's key, that these exact bytes are what they declare in the role of that "
    "slot in this register: the texts in every language shown, the line, the dates, what prevails, and what the act "
    "carries on and takes the place of. The signature fits no other register, role, kind of act or text."
)

MEANS_NOT = (
    "Software declares nothing in law. A signature here is no signature of a treaty, no ratification, and no "
    "full power; it does not make anything binding that international law and the constitution of a State do not make "
    "binding. «In force» is what the signed acts say. An act has effect in this register only when both parties "
    "have signed the same bytes and both have cosigned a log that holds them; silence never changes a boundary."
)

CHECKED = (
    "Checked by this machine: that the bytes shown are the bytes named by the digests, and where it says so that the texts "
    "compile here to the signed line. Not checked by any machine: whether the words are those that were agreed, whether "
    "the texts mean the same in every language, and what the act states under figures and toolchain."
)

MEANING = (MEANS, MEANS_NOT, CHECKED)
"""The three paragraphs."""
