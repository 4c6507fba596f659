"""Attachments (base64) as text."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping

from panel.errors import InputError
from panel.intake.decode import decode
from panel.intake.fhir.nodes import text
from panel.intake.limits import MAX_CASE
from panel.intake.markup import plain
from panel.intake.strict_json import Object


def attachment_text(attachment: Object, binaries: Mapping[str, Object], where: str) -> tuple[str, str]:
    """The attachment's text and a note; one of them is "".

    Nothing is fetched: an attachment that is only an address is noted, unless a Binary of the bundle has it.
    """
    source = attachment
    if not text(attachment, "data"):
        source = binaries.get(text(attachment, "url"), attachment)
    data, url = text(source, "data"), text(attachment, "url")
    if not data:
        return "", f"{where}: an attachment is only an address, not fetched" if url else ""
    if len(data) > MAX_CASE:
        return "", f"{where}: an attachment is too large, not read"
    try:
        raw = base64.b64decode("".join(data.split()), validate=True)
    except (binascii.Error, ValueError):
        return "", f"{where}: an attachment is not valid base64, not read"
    type, _, _ = text(source, "contentType").partition(";")
    try:
        return _decoded(raw, type.strip().lower(), where)
    except InputError as error:
        return "", f"{where}: an attachment {error.what}, not read"


def _decoded(raw: bytes, type: str, where: str) -> tuple[str, str]:
    if type == "application/pdf":
        from panel.intake.pdf import read_pdf

        return read_pdf(raw, where), ""
    if type in ("text/html", "application/xhtml+xml"):
        return plain(decode(raw, where).text), ""
    if type in ("text/plain", "text/markdown", "text/x-markdown", ""):
        return decode(raw, where).text, ""
    # Forms in XML (CAP's SDC) repeat what the report's observations say.
    shown = (
        type
        if type.replace("/", "").replace("+", "").replace("-", "").replace(".", "").isalnum()
        else "unknown"
    )
    return "", f"{where}: an attachment of type {shown[:60]}, not read"
