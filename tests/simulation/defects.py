"""Planted defects: small changes to the register's code, each with what a cheat could do if it were there.

`planting` puts each into a copy of the package and holds the checks against it. A text that stands in the code no longer, or
twice, fails the test: the list must be kept with the code.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Defect:
    """A module, a text that stands in it exactly once, the text in its place, and what that would let somebody do."""

    module: str
    old: str
    new: str
    harm: str


DEFECTS: tuple[Defect, ...] = (
    # ---- rules: place, register, once, base, key set
    Defect(
        "rules",
        "isinstance(content, Charter) != (ledger.size == 0)",
        "ledger.size == 0 and not isinstance(content, Charter)",
        "a second charter puts other keys into the slots",
    ),
    Defect(
        "rules",
        "if content.register != ledger.register:",
        "if False:",
        "an act signed for one register is entered into another",
    ),
    Defect("rules", "if ledger.has_payload(envelope.digest):", "if False:", "an act is entered twice"),
    Defect(
        "rules",
        "if not 1 <= base.size <= ledger.size:",
        "if not 1 <= base.size:",
        "an act rests on a state that is yet to come",
    ),
    Defect(
        "rules",
        "if not 1 <= base.size <= ledger.size:",
        "if not 1 <= base.size <= ledger.size + 1:",
        "an act rests on itself",
    ),
    Defect(
        "rules",
        "if ledger.root(base.size).hex() != base.root:",
        "if False:",
        "what was signed on one fork is entered on another",
    ),
    Defect(
        "rules",
        "if ledger.root(base.size).hex() != base.root:",
        "if ledger.root(ledger.size).hex() != base.root:",
        "only acts on the newest state pass: two acts cannot cross",
    ),
    Defect(
        "rules",
        "if content.keys != ledger.key_changes:",
        "if content.keys > ledger.key_changes:",
        "an act made before a key was declared stolen is entered after it",
    ),
    # ---- rules: signatures
    Defect(
        "rules",
        "    _check_signatures(ledger, envelope, content, scheme)  # E7, last: it costs the most\n",
        "",
        "anybody enters anything",
    ),
    Defect(
        "rules",
        "if missing := _needed(content) - signed:",
        "if (missing := _needed(content) - signed) and not signed:",
        "one party's signature suffices",
    ),
    Defect(
        "rules",
        "if strange := signed - set(keys):",
        "if strange := set[str]():",
        "an entry carries signatures that nobody verifies",
    ),
    Defect(
        "rules",
        "        envelope.check(register, name, keys[name], scheme)\n\n\ndef _identity",
        "        envelope.check(register, name, keys[name], scheme)\n        break\n\n\ndef _identity",
        "only the first signature is verified",
    ),
    Defect(
        "rules",
        "frozenset({content.by.value} if content.by else {slot.value for slot in PARTIES})",
        "frozenset({(content.by or Slot.A).value})",
        "party a changes the boundary alone",
    ),
    Defect(
        "rules",
        "            return frozenset({content.by.value})\n",
        "            return frozenset()\n",
        "anybody withdraws a party's signature",
    ),
    Defect(
        "rules",
        "            return frozenset({content.slot.value, NEW})",
        "            return frozenset({content.slot.value})",
        "a party enrols a key that it does not have",
    ),
    Defect(
        "rules",
        "            return frozenset({root_of(content.slot), NEW})",
        "            return frozenset({content.slot.value, NEW})",
        "a stolen signing key replaces the root key",
    ),
    Defect(
        "rules",
        "            return frozenset({*(slot.value for slot in PARTIES), NEW})",
        "            return frozenset({Slot.A.value, NEW})",
        "one party appoints the operator alone",
    ),
    Defect(
        "rules",
        "        keys[NEW] = content.key\n",
        "        keys = {name: content.key for name in [*keys, NEW]}\n",
        "a thief replaces any key by signing with his own",
    ),
    Defect(
        "rules",
        "allowed |= {slot.value for slot in MAY_SIGN_BESIDES}",
        "allowed |= {slot.value for slot in Slot}",
        "the operator signs acts",
    ),
    Defect(
        "rules",
        "frozenset(name for name, _ in _keys_of({role.slot: role.holder for role in content.roles}))",
        'frozenset({"a", "b"})',
        "a charter names a root key or an operator who never agreed",
    ),
    # ---- rules: keys and withdrawals
    Defect(
        "rules",
        '        case KeyChangeKind.APPOINT if party:\n            _refuse(Rule.NEW_KEY, "a party is not appointed")\n',
        "",
        "a party's slot is given away without its root key",
    ),
    Defect(
        "rules",
        "        case KeyChangeKind.RECOVER | KeyChangeKind.ROTATE_ROOT if not party:",
        "        case KeyChangeKind.RECOVER if party and not party:",
        "a slot without a root key is given one",
    ),
    Defect(
        "rules",
        "        case KeyChangeKind.ROTATE if ledger.holder(content.slot) is None:",
        "        case KeyChangeKind.ROTATE if False:",
        "a slot that nobody holds is taken",
    ),
    Defect(
        "rules",
        "if any(ledger.knows_half(half) for half in content.key.halves):",
        "if all(ledger.knows_half(half) for half in content.key.halves):",
        "half of a stolen key comes back",
    ),
    Defect(
        "rules",
        "if any(ledger.knows_half(half) for half in content.key.halves):",
        "if False:",
        "one key stands in two slots",
    ),
    Defect(
        "rules",
        "        return Holder(old.identity, old.title, old.key, content.key)",
        "        return Holder(old.identity, old.title, content.key, old.root)",
        "a new root key becomes the signing key",
    ),
    Defect(
        "rules",
        "    return Holder(old.identity, old.title, content.key, old.root)",
        "    return Holder(old.identity, old.title, content.key, content.key)",
        "a rotation replaces the root key as well",
    ),
    Defect(
        "rules",
        "    if old is None or content.change is KeyChangeKind.APPOINT:\n",
        "    if old is None:\n",
        "a new operator stands under the old one's name",
    ),
    Defect(
        "rules",
        "            _check_still_good(ledger, envelope.digest, content.last_index)\n",
        "",
        "a change of keys takes effect that has lapsed or was taken back",
    ),
    Defect("rules", "    if ledger.has_payload(content.act):", "    if False:", "what is agreed already is withdrawn"),
    Defect(
        "rules", "    if ledger.is_withdrawn(content.act):", "    if False:", "a withdrawal is entered again and again"
    ),
    Defect(
        "rules",
        "    if ledger.is_withdrawn(digest):\n",
        "    if False:\n",
        "a withdrawn signature still binds",
    ),
    # ---- rules: acts
    Defect(
        "rules",
        "if ledger.size > last_index:",
        "if ledger.size > last_index + 1:",
        "an offer is accepted one entry too late",
    ),
    Defect("rules", "if ledger.size > last_index:", "if False:", "an expired offer takes effect"),
    Defect(
        "rules",
        "    if last >= act.base.size:",
        "    if last > act.base.size:",
        "an act displaces one that its signers had not seen",
    ),
    Defect("rules", "    if last >= act.base.size:", "    if False:", "two acts that crossed are both entered"),
    Defect(
        "rules",
        "        if not has_blob(blob):  # E12",
        "        if False:  # E12",
        "a line is in force whose words nobody has",
    ),
    Defect(
        "rules", "    if len(act.changes) < 2:", "    if len(act.changes) < 1:", "an exchange gives and takes nothing"
    ),
    Defect(
        "rules",
        "if len({(change.status, change.valid_from) for change in act.changes}) > 1:",
        "if len({change.status for change in act.changes}) > 1:",
        "one half of an exchange begins years after the other",
    ),
    Defect(
        "rules",
        "    if (act.kind is Kind.CLAIM) != (change.status is Status.CLAIMED):",
        "    if act.kind is Kind.CLAIM and change.status is not Status.CLAIMED:",
        "a step says `claimed` in both names",
    ),
    Defect(
        "rules",
        "    if (act.kind is Kind.CLAIM) != (change.status is Status.CLAIMED):",
        "    if change.status is Status.CLAIMED and act.kind is not Kind.CLAIM:",
        "one party claims that its line is in force",
    ),
    Defect("rules", "        if not change.valid_from:\n", "        if False:\n", "a line is in force since ever"),
    Defect(
        "rules",
        "    if change.valid_from and change.valid_to and change.valid_from >= change.valid_to:",
        "    if change.valid_from and change.valid_to and change.valid_from > change.valid_to:",
        "a line is in force for no day",
    ),
    Defect(
        "rules",
        "    elif change.status is not Status.CLAIMED and (change.valid_from or change.valid_to):",
        "    elif change.status is not Status.CLAIMED and change.valid_from and change.valid_to:",
        "a signature pretends to hold on dates",
    ),
    Defect(
        "rules",
        "    if change.supersedes != ((standing,) if standing is not None else ()):",
        "    if False:",
        "a claim takes another claim's place unnamed",
    ),
    Defect(
        "rules",
        '    if change.carries is not None:\n        _refuse(Rule.KINDS, "a claim carries nothing on")\n',
        "",
        "a claim passes for the sequel of an agreed act",
    ),
    Defect(
        "rules",
        "    standing = ledger.claim(change.section, by)\n",
        "    standing = ledger.claim(change.section, Slot.A)\n",
        "party b takes the place of party a's claim",
    ),
    Defect(
        "rules",
        "carried.change.section != change.section or carried.by is not None",
        "carried.by is not None",
        "a ratification of one section brings another into force",
    ),
    Defect(
        "rules", "    if carried.corrected:\n", "    if False:\n", "what was corrected comes into force, error and all"
    ),
    Defect(
        "rules",
        "    if before not in CARRIES[change.status]:",
        "    if before is not None and before not in CARRIES[change.status]:",
        "a line comes into force that was never signed",
    ),
    Defect(
        "rules",
        "    Status.IN_FORCE: frozenset({Status.SIGNED,",
        "    Status.IN_FORCE: frozenset({Status.INITIALLED, Status.SIGNED,",
        "a line comes into force that was only initialled",
    ),
    Defect(
        "rules",
        "    Status.SIGNED: frozenset({None, Status.INITIALLED}),",
        "    Status.SIGNED: frozenset({None}),",
        "what was initialled can never be signed",
    ),
    Defect(
        "rules",
        "    if change.status not in STOPS and change.status in carried.carried_to:",
        "    if False:",
        "one signature is brought into force twice, on other dates",
    ),
    Defect(
        "rules",
        "    if change.text.agreed != carried.change.text.agreed:",
        "    if False:",
        "another line is in force than was signed",
    ),
    Defect(
        "rules",
        "    if change.status not in ON_TRACK and carried.carried_to:\n",
        "    if False:\n",
        "a signature is corrected under a line that is in force by it",
    ),
    Defect("rules", "    if change.text == carried.change.text:", "    if False:", "a correction corrects nothing"),
    Defect(
        "rules",
        "    if carried is None or carried.change.status is not change.status:",
        "    if carried is None:",
        "a correction brings a signed line into force",
    ),
    Defect(
        "rules",
        "    if displaced != set(change.supersedes):",
        "    if displaced - set(change.supersedes):",
        "an act says that it displaces what it does not",
    ),
    Defect(
        "rules",
        "    if displaced != set(change.supersedes):",
        "    if set(change.supersedes) - displaced:",
        "an act displaces a line unnamed",
    ),
    Defect(
        "rules",
        "    if (change.status in STOPS or kind is Kind.CORRECTION) and change.carries not in displaced:",
        "    if kind is Kind.CORRECTION and change.carries not in displaced:",
        "an ending ends another line than it names",
    ),
    Defect(
        "rules",
        "if kind is Kind.CORRECTION and (len(displaced) > 1 or change.carries in {each.change for each in track}):",
        "if kind is Kind.CORRECTION and len(displaced) > 1:",
        "a corrected line stays in force on some dates",
    ),
    Defect(
        "rules",
        "if kind is Kind.CORRECTION and (len(displaced) > 1 or change.carries in {each.change for each in track}):",
        "if kind is Kind.CORRECTION and change.carries in {each.change for each in track}:",
        "a correction displaces lines besides the one it corrects",
    ),
    Defect(
        "rules",
        "        if change.supersedes:\n            _refuse(Rule.FORCE",
        "        if False:\n            _refuse(Rule.FORCE",
        "a signature says that it takes a line's place",
    ),
    # ---- track, ledger, state
    Defect(
        "track",
        "        if its_end <= begin or end <= each.begin:",
        "        if its_end < begin or end <= each.begin:",
        "a line that ended before counts as displaced",
    ),
    Defect(
        "track",
        "        if end < its_end:\n",
        "        if end < its_end and False:\n",
        "a change for some days ends what stood before for ever",
    ),
    Defect(
        "track",
        "        if each.begin < begin:\n            kept.append(Segment(each.begin, begin, each.change))\n",
        "",
        "a change erases the past of what it displaces",
    ),
    Defect("track", "        displaced.add(each.change)\n", "", "an act displaces a line unnamed"),
    Defect(
        "track",
        "    begin, end = new.begin, new.end or NO_END\n",
        "    begin, end = new.begin, new.end\n",
        "a line without end displaces nothing: two lines in force",
    ),
    Defect(
        "ledger",
        "        self._key_changes += entry.changes_keys\n",
        "        self._key_changes = 1\n",
        "old offers are good after a change of keys",
    ),
    Defect("ledger", "        self._halves.update(entry.halves)\n", "", "a key that was in use comes back"),
    Defect(
        "ledger",
        "        return self._blobs.get(blob.sha256) == (blob.length, blob.sha3_256)",
        "        return blob.sha256 in self._blobs",
        "once SHA-256 falls, another text can be put under a signature",
    ),
    Defect(
        "ledger",
        "replace(carried, carried_to=carried.carried_to | {change.status})",
        "replace(carried, carried_to=frozenset({change.status}))",
        "one signature is brought into force twice",
    ),
    Defect(
        "ledger",
        "        section.declared = placement.reference.index\n",
        "        section.declared = max(section.declared, 0)\n",
        "two acts that crossed are both entered",
    ),
    Defect(
        "ledger",
        "ON_TRACK = frozenset({Status.APPLIED, Status.IN_FORCE, Status.SUSPENDED, Status.ENDED})",
        "ON_TRACK = frozenset({Status.APPLIED, Status.IN_FORCE, Status.SUSPENDED})",
        "an ended line goes on",
    ),
    Defect(
        "state",
        "and not standing.carried_to and not standing.corrected",
        "and not standing.carried_to",
        "two replicas disagree on what is pending",
    ),
    # ---- canonical JSON, fields, keys, envelope, signatures
    Defect("canonical", "    if again != data:\n", "    if False:\n", "one act has many forms, and so many digests"),
    Defect(
        "canonical",
        "        if level > MOST_DEPTH:\n",
        "        if level > 10_000_000:\n",
        "deep nesting brings a verifier down",
    ),
    Defect(
        "canonical",
        "    if outside.translate(None, delete=_OUTSIDE_TEXTS):\n",
        "    if False:\n",
        "another verifier refuses what this one takes",
    ),
    Defect(
        "canonical",
        "not 0 <= int(digits) <= GREATEST_INTEGER",
        "not 0 <= int(digits)",
        "a reader with floating numbers sees another index",
    ),
    Defect("canonical", "    if len(data) > most_bytes:\n", "    if False:\n", "an entry fills the disk"),
    Defect(
        "fields",
        "        if set(value) != set(names):\n",
        "        if not set(value) >= set(names):\n",
        "an act says something that no signer was shown",
    ),
    Defect(
        "fields",
        "        if found := _REFUSED_CHARACTERS.search(value):\n",
        "        if found := None:\n",
        "text runs backwards on the signer's screen",
    ),
    Defect("fields", "    if b64encode(data).decode() != text:\n", "    if False:\n", "one signature has many forms"),
    Defect(
        "fields",
        "    if any(not one < other for one, other in pairwise(keys)):\n",
        "    if any(one > other for one, other in pairwise(keys)):\n",
        "one section stands twice in an act",
    ),
    Defect(
        "keys",
        "    if is_of_small_order(ed25519):\n",
        "    if False:\n",
        "a party signs with a key under which any signature verifies, and denies it",
    ),
    Defect(
        "keys", "    if _y(ed25519) >= FIELD_PRIME:\n", "    if False:\n", "one key has two forms, and two fingerprints"
    ),
    Defect(
        "keys",
        'int.from_bytes(point, "little") & (2**255 - 1)',
        'int.from_bytes(point, "little")',
        "half of all good keys are refused",
    ),
    Defect(
        "envelope",
        'return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)',
        'return b"DSSEv1 %d %b" % (len(payload), payload)',
        "an act's signature is good for another type of object",
    ),
    Defect(
        "envelope",
        '    return f"merestone/1 entry {register} {name}".encode()',
        '    return f"merestone/1 entry {register}".encode()',
        "a signature moves to another slot (ML-DSA)",
    ),
    Defect(
        "envelope",
        '    return f"merestone/1 entry {register} {name}".encode()',
        '    return f"merestone/1 entry {name}".encode()',
        "a signature moves to another register (ML-DSA)",
    ),
    Defect(
        "envelope",
        "        if one is None or other is None:\n",
        "        if one is None:\n",
        "half of a signature is stripped",
    ),
    Defect(
        "envelope",
        "    if len(sig) != _LENGTHS[algorithm]:\n",
        "    if False:\n",
        "empty signatures reach the verifier",
    ),
    Defect(
        "envelope",
        "        if (self.payload_type, self.payload) != (other.payload_type, other.payload):\n",
        "        if self.payload_type != other.payload_type:\n",
        "signatures are joined over other bytes",
    ),
    Defect(
        "signing",
        "            MLDSA65PublicKey.from_public_bytes(key.ml_dsa_65).verify(signature.ml_dsa_65, message, context)\n",
        "            assert MLDSA65PublicKey\n",
        "Ed25519 alone decides, and falls to a quantum computer",
    ),
    Defect(
        "signing",
        "            Ed25519PublicKey.from_public_bytes(key.ed25519).verify(signature.ed25519, message)\n",
        "            assert Ed25519PublicKey\n",
        "ML-DSA alone decides",
    ),
    Defect(
        "signing",
        "        if is_of_small_order(signature.ed25519[:32]):\n",
        "        if False:\n",
        "a signature verifies here and not elsewhere",
    ),
    Defect(
        "signing",
        ".verify(signature.ml_dsa_65, message, context)",
        '.verify(signature.ml_dsa_65, message, b"context")',
        "no signature of one's own verifies",
    ),
    Defect(
        "signing",
        "        except (InvalidSignature, ValueError) as trouble:\n            raise WrongSignatureError from trouble\n",
        "        except (InvalidSignature, ValueError):\n            return\n",
        "every signature verifies",
    ),
    # ---- objects
    Defect(
        "objects",
        "    if not appoints and (identity or title):\n",
        "    if False:\n",
        "a change of keys names somebody whom nobody appoints",
    ),
    Defect(
        "objects",
        "    if not by_slot[Slot.A].identity < by_slot[Slot.B].identity:\n",
        "    if False:\n",
        "the parties stand in any order: two charters for one register",
    ),
    Defect(
        "objects",
        "    if len(set(halves)) != len(halves):\n",
        "    if False:\n",
        "one key stands in two slots: one person signs for both",
    ),
    Defect(
        "objects",
        '    increasing([change.section for change in changes], "/changes", "sections")\n',
        "",
        "a section stands twice in one act",
    ),
    Defect(
        "objects",
        "    if bool(by) != (kind is Kind.CLAIM):\n",
        "    if bool(by) and kind is not Kind.CLAIM:\n",
        "a claim is by nobody",
    ),
    Defect(
        "objects",
        "        return self.line, self.descriptions, self.prevails, self.tolerance_um\n",
        "        return self.line, self.descriptions, self.prevails\n",
        "the tolerance grows between signature and force",
    ),
    Defect(
        "objects",
        "        return self.line, self.descriptions, self.prevails, self.tolerance_um\n",
        "        return self.descriptions, self.prevails, self.tolerance_um\n",
        "another line is in force than was signed",
    ),
    Defect(
        "objects",
        "            *(each.blob for each in self.sources),\n",
        "",
        "a source is named that nobody can look up",
    ),
    # ---- tree, heads, evidence, bundle
    Defect(
        "merkle",
        '    return sha256(b"\\x00" + data).digest()',
        '    return sha256(b"\\x01" + data).digest()',
        "an inner node passes for an entry",
    ),
    Defect("merkle", "    if last or hashed != expected_root:\n", "    if last:\n", "a proof proves anything"),
    Defect(
        "merkle",
        "    if last or one != first_root or other != second_root:\n",
        "    if last or other != second_root:\n",
        "a rewritten past passes for the beginning of the present",
    ),
    Defect(
        "merkle",
        "    if last or one != first_root or other != second_root:\n",
        "    if last or one != first_root:\n",
        "a proof of any future",
    ),
    Defect(
        "merkle",
        "    if not 0 <= index < size:\n",
        "    if not 0 <= index <= size:\n",
        "a proof for an entry that is not there",
    ),
    Defect(
        "head",
        "        if made.key_hashes != key_hashes(self.register, slot, key):\n",
        "        if False:\n",
        "a signature names a key that did not make it",
    ),
    Defect(
        "head",
        '        return b"cosignature/v1\\ntime %d\\n" % seconds + self.body',
        '        return b"cosignature/v1\\ntime %d\\n" % seconds + self.root',
        "a cosignature is good for another size and register",
    ),
    Defect(
        "head",
        '    return f"merestone/1 head {register} {slot.value}".encode()',
        '    return f"merestone/1 head {register}".encode()',
        "a cosignature moves to another slot",
    ),
    Defect("head", "    if head.note() != data:\n", "    if False:\n", "one head has many forms"),
    Defect(
        "head",
        "        if self.body != other.body:\n",
        "        if self.size != other.size:\n",
        "cosignatures on two histories are joined into one head",
    ),
    Defect(
        "evidence",
        "            if one.size != other.size or one.root == other.root:\n",
        "            if one.size != other.size:\n",
        "an honest signer is accused with one head",
    ),
    Defect(
        "evidence",
        "            if one.size != other.size or one.root == other.root:\n",
        "            if one.root == other.root:\n",
        "an honest signer is accused of having gone on",
    ),
    Defect(
        "evidence",
        "            head.check(self.slot, key, scheme)\n",
        "            assert head\n",
        "an honest signer is accused with a forged head",
    ),
    Defect(
        "evidence",
        "        if self.leaves[0].hashed == self.leaves[1].hashed:\n",
        "        if False:\n",
        "an honest signer is accused with one leaf",
    ),
    Defect(
        "evidence",
        "            check_inclusion(self.index, head.size, leaf.hashed, leaf.path, head.root)\n",
        "            assert check_inclusion\n",
        "an honest signer is accused with an invented leaf",
    ),
    Defect(
        "evidence",
        "        if one.register != other.register:\n",
        "        if False:\n",
        "a signer of two registers is accused of a fork",
    ),
    Defect(
        "bundle",
        "    if item.name != str(count) or item.data != digest.encode() or not count:\n",
        "    if item.name != str(count) or not count:\n",
        "a bundle is changed on its way",
    ),
    Defect("bundle", "    if stream.read(1):\n", "    if False:\n", "something rides behind a bundle"),
    Defect(
        "bundle",
        "    if item.kind is Record.BLOB and sha256(item.data).hexdigest() != item.name:\n",
        "    if False:\n",
        "a blob goes under another's name",
    ),
    Defect(
        "bundle",
        "        return int(item.name) == int(last.name) + 1\n",
        "        return int(item.name) > int(last.name)\n",
        "entries are left out of a bundle",
    ),
    Defect(
        "bundle",
        '    if item.kind is Record.HEAD and item.data.split(b"\\n", 2)[1:2] != [item.name.encode()]:\n',
        "    if False:\n",
        "a head goes under another size",
    ),
    Defect("bundle", "    if length > _MOST[kind]:\n", "    if False:\n", "a record fills the memory"),
    # ---- replica, store
    Defect(
        "replica",
        "if count and not any(h.size == self.store.size and Slot.OPERATOR in h.cosignatures for h in known):",
        "if False:",
        "entries come in that the operator has never signed for, and can deny",
    ),
    Defect(
        "replica",
        "h.size == self.store.size and Slot.OPERATOR in h.cosignatures",
        "Slot.OPERATOR in h.cosignatures",
        "an old head covers new entries",
    ),
    Defect(
        "replica",
        "            head.check(slot, holder.key, self._scheme)\n            if head.root",
        "            if head.root",
        "an invented cosignature makes an act agreed",
    ),
    Defect(
        "replica",
        "            if head.root != self.store.root(head.size):\n",
        "            if False:\n",
        "a fork goes unnoticed, and both histories seem agreed",
    ),
    Defect(
        "replica",
        "                raise ForkError(slot, head, self._evidence(slot, head))\n",
        "                raise ForkError(slot, head, None)\n",
        "a fork is seen and cannot be proved",
    ),
    Defect(
        "replica",
        "            holder = self.store.holder_at(slot, head.size)\n            if holder is None:\n                raise",
        "            holder = self.store.holder(slot)\n            if holder is None:\n                raise",
        "after a change of keys old heads verify no more",
    ),
    Defect(
        "replica",
        "        if before is not None and since == size:\n            about_to(before)\n            return before\n",
        "",
        "a party signs one size twice",
    ),
    Defect(
        "replica",
        "        if before is not None and (since > size or store.root(since) != before.root):\n",
        "        if False:\n",
        "a party signs a history that contradicts its last head",
    ),
    Defect(
        "replica",
        "        self.check_floor(slot, floor)\n",
        "",
        "from an old backup a party signs a second history",
    ),
    Defect(
        "replica",
        "        if floor.size > size or self.store.root(floor.size) != floor.root:\n",
        "        if floor.size > size:\n",
        "from an old backup, filled by a forking operator, a party signs a second history",
    ),
    Defect(
        "replica",
        "        if floor.size > size or self.store.root(floor.size) != floor.root:\n",
        "        if floor.size <= size and self.store.root(floor.size) != floor.root:\n",
        "a party signs a smaller size after a larger",
    ),
    Defect(
        "replica",
        "        if holder is None or holder.key != signer.public:\n",
        "        if holder is None:\n",
        "a party signs with a key that is its own no more",
    ),
    Defect(
        "replica",
        "leaf_hash(self.store.entry(index))",
        "subtree(0, index)",
        "a flipped bit on the disk is signed",
    ),
    Defect(
        "replica",
        "        head.check(slot, holder.key, self._scheme)\n        store.put_head(slot, head)\n        return head\n",
        "        head.check(slot, holder.key, self._scheme)\n        return head\n",
        "a crash, and a party does not remember what it signed",
    ),
    Defect(
        "replica",
        "            with self.store.writing():\n                for data in blobs:\n                    self.store.hold_blob(data)\n                count",
        "            if True:\n                for data in blobs:\n                    self.store.hold_blob(data)\n                count",
        "half of what was refused stays",
    ),
    Defect(
        "replica",
        "            self._keep(fork)\n            raise\n\n    def append",
        "            raise\n\n    def append",
        "the evidence of a fork is lost",
    ),
    Defect(
        "replica",
        "        for key in self.store.keys_of(fork.slot):\n",
        "        for key in self.store.keys_of(fork.slot)[:1]:\n",
        "whoever forked and then changed the key cannot be convicted",
    ),
    Defect(
        "replica",
        "        holder = self.store.holder_at(fork.slot, ours.size) if ours else None\n",
        "        holder = self.store.holder_at(fork.slot, 1) if ours else None\n",
        "whoever changed the key before forking on cannot be convicted",
    ),
    Defect(
        "replica",
        "                if hashed != subtree(level, position):\n",
        "                if hashed != subtree(level, position) and not level:\n",
        "a flipped bit in an inner hash is signed",
    ),
    Defect(
        "replica",
        "        if not head.cosignatures:\n",
        "        if False:\n",
        "a head that nobody signed passes for one of this log",
    ),
    Defect(
        "replica",
        "        if head.register != self.store.register:\n",
        "        if False:\n",
        "a head of another register passes",
    ),
    Defect(
        "store",
        "        if merkle.leaf_hash(data) != self.subtree(0, index):\n",
        "        if False:\n",
        "a flipped bit on the disk goes unnoticed",
    ),
    Defect(
        "store", "        if sha256(data).hexdigest() != digest:\n", "        if False:\n", "a map changes on the disk"
    ),
    Defect(
        "store",
        '                self._db.execute("ROLLBACK")\n',
        '                self._db.execute("COMMIT")\n',
        "half of what was refused stays",
    ),
    Defect(
        "store",
        "        return int(min(sizes))\n",
        "        return int(max(sizes))\n",
        "one party's head makes an act agreed",
    ),
    Defect(
        "store",
        "        return found == (blob.length, blob.sha3_256)\n",
        "        return found is not None\n",
        "once SHA-256 falls, another text can be put under a signature",
    ),
    Defect(
        "store",
        "WHERE slot = ? AND since < ? ORDER BY since DESC LIMIT 1",
        "WHERE slot = ? AND since <= ? ORDER BY since DESC LIMIT 1",
        "a key is good for the head before it came",
    ),
    Defect(
        "store",
        "        for each in gone:\n",
        "        for each in gone[:0]:\n",
        "what was displaced stays in force",
    ),
    Defect(
        "store",
        '        self._execute("UPDATE section SET declared = ? WHERE name = ?", (idx, change.section))\n',
        "",
        "two acts that crossed are both entered",
    ),
    Defect(
        "store",
        "AND (ends = '' OR ends > ?1)",
        "AND (ends = '' OR ends >= ?1)",
        "a line holds one day too long",
    ),
    Defect(
        "store",
        "AND begins <= ?1 AND since < ?2",
        "AND begins <= ?1 AND since <= ?2",
        "an answer as known then knows what came after",
    ),
    Defect(
        "store",
        "(until IS NULL OR until >= ?2)",
        "(until IS NULL OR until > ?2)",
        "a line is gone before the act that displaced it was known",
    ),
)
