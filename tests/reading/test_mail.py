import contextlib
import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.datatypes import Document, Kind
from assistant.errors import DamagedFileError, EncryptedFileError, ReadingError
from assistant.reading import attachments, read_bytes
from assistant.reading.mail import bare_name
from assistant.reading.outlook import decompressed

from .made_office import msg, ole


def message(
    body: str | None = "Bonjour,\n\nVoici le CCAP.",
    *,
    html: str | None = None,
    files: tuple[tuple[str, bytes], ...] = (),
) -> EmailMessage:
    made = EmailMessage(policy=email.policy.SMTP)
    made["From"], made["To"], made["Subject"] = (
        "Jeanne Petit <jeanne@exemple.fr>",
        "Paul Grand <paul@exemple.fr>",
        "Pièces du marché",
    )
    made["Date"] = "Tue, 25 Nov 2025 10:30:00 +0100"
    if body is not None:
        made.set_content(body)
    if html is not None and body is None:
        made.set_content(html, subtype="html")
    elif html is not None:
        made.add_alternative(html, subtype="html")
    for name, data in files:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made


def document_of(data: bytes, name: str = "courriel.eml") -> Document:
    return read_bytes(data, name, kind=Kind.TENDER, collection="essai")


HEAD = "De : Jeanne Petit <jeanne@exemple.fr>\nÀ : Paul Grand <paul@exemple.fr>\nDate : 25/11/2025 10:30\nObjet : Pièces du marché\n"


def test_a_message_is_its_head_its_body_and_the_names_of_its_attachments():
    document = document_of(
        message(files=(("CCAP – lot 1.pdf", b"%PDF-1"), ("BPU.xlsx", b"x" * 12_345))).as_bytes()
    )
    assert document.text == (
        f"{HEAD}\nBonjour,\n\nVoici le CCAP.\n\nPièces jointes :\n• CCAP – lot 1.pdf (6 octets)\n• BPU.xlsx (12,3 ko)\n"
    )
    assert document.source.title == "Pièces du marché"
    assert [problem.code for problem in document.problems] == ["attachments"]


def test_attachments_are_given_under_bare_names():
    data = message(
        files=(("CCAP.pdf", b"un"), ("../../etc/CCAP.pdf", b"deux"), ("C:\\temp\\a:b.txt", b"trois"))
    ).as_bytes()
    assert attachments(data, "courriel.eml") == (
        ("CCAP.pdf", b"un"),
        ("CCAP (2).pdf", b"deux"),
        ("a_b.txt", b"trois"),
    )


def test_a_file_that_is_no_message_carries_nothing():
    assert attachments(b"Un texte.", "a.txt") == ()


def test_plain_text_is_preferred_to_html_and_html_is_read_as_a_page():
    assert document_of(message("Simple.", html="<p>Riche.</p>").as_bytes()).text == f"{HEAD}\nSimple.\n"
    assert (
        document_of(message(None, html="<p>Le <b>délai</b></p><ul><li>court</li></ul>").as_bytes()).text
        == f"{HEAD}\nLe délai\n• court\n"
    )


def test_a_forwarded_message_is_an_attachment_whose_own_are_found_in_turn():
    outer = message("Voir ci-joint.")
    outer.add_attachment(message(files=(("CCTP.docx", b"docx"),)))
    (forwarded,) = attachments(outer.as_bytes(), "courriel.eml")
    assert forwarded.name == "Pièces du marché.eml"
    assert attachments(forwarded.data, forwarded.name) == (("CCTP.docx", b"docx"),)


def test_a_picture_that_the_body_shows_is_no_attachment():
    made = message(None, html='<p>Bonjour <img src="cid:logo"></p>')
    made.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<logo>")
    assert attachments(made.as_bytes(), "courriel.eml") == ()


def test_a_message_saved_without_ending_is_told_by_its_headers():
    assert document_of(message().as_bytes(), "courriel").source.media_type == "message/rfc822"
    assert (
        document_of(b"From: moi\nTo: toi\nSubject: x\nDate: hier\n\nTexte", "note.txt").source.media_type
        == "text/plain"
    )


def test_an_encrypted_message_asks_for_its_reader():
    made = EmailMessage()
    made.set_content(
        b"...", maintype="application", subtype="pkcs7-mime", params={"smime-type": "enveloped-data"}
    )
    with pytest.raises(EncryptedFileError, match="chiffré"):
        document_of(made.as_bytes())


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "utf-8", "inconnu-42"])
def test_the_declared_charset_is_followed_and_an_unknown_one_is_guessed(charset):
    data = f"Subject: x\nContent-Type: text/plain; charset={charset}\n\nD\xe9lai".encode(
        "utf-8" if charset == "utf-8" else "latin-1"
    )
    assert "Délai" in document_of(data).text


def test_hostile_messages_are_read_or_refused():
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000)
    )
    for data in (
        nested,
        b"Subject: " + b"=?utf-8?q?" * 50_000,
        b"Content-Type: text/plain; charset*=x''%ff%\n\na",
        b"Date: Tue, 99 Foo 99999999\n\na",
        b"To: " + b"<" * 10_000 + b"\n\na",
    ):
        with contextlib.suppress(ReadingError):
            document_of(data)


def test_an_outlook_message_reads_as_any_other():
    data = msg(
        subject="Pièces du marché",
        body="Bonjour.\r\n",
        attachments=[("CCAP.pdf", b"%PDF-1"), ("CCAP.pdf", b"autre")],
    )
    document = document_of(data, "courriel.msg")
    assert document.text == (
        "De : Jeanne Petit <jeanne@exemple.fr>\nÀ : Paul Grand\nDate : 25/11/2025 10:30\nObjet : Pièces du marché\n\nBonjour.\n\n"
        "Pièces jointes :\n• CCAP.pdf (6 octets)\n• CCAP (2).pdf (5 octets)\n"
    )
    assert document.source.title == "Pièces du marché"
    assert attachments(data, "courriel.msg") == (("CCAP.pdf", b"%PDF-1"), ("CCAP (2).pdf", b"autre"))


def test_an_outlook_message_of_html_alone_is_read_as_a_page():
    assert document_of(msg(subject="x", html="<html><p>Délai</p></html>".encode()), "a.msg").text.endswith(
        "\nDélai\n"
    )


def test_a_message_inside_an_outlook_message_is_told_and_its_attachments_are_given():
    folder = "__attach_version1.0_#00000000/__substg1.0_3701000D"
    inner = {
        f"{folder}/__properties_version1.0": bytes(24),
        f"{folder}/__substg1.0_0037001E": "Délai".encode("cp1252"),
        f"{folder}/__substg1.0_1000001E": "Texte transmis.".encode("cp1252"),
        f"{folder}/__attach_version1.0_#00000000/__substg1.0_3707001F": "RC.pdf".encode("utf-16-le"),
        f"{folder}/__attach_version1.0_#00000000/__substg1.0_37010102": b"rc",
    }
    data = msg(subject="Tr", body="Voir.", extra=inner)
    assert document_of(data, "a.msg").text.endswith("\nMessage joint\nObjet : Délai\n\nTexte transmis.\n")
    assert attachments(data, "a.msg") == (("RC.pdf", b"rc"),)


# The example of [MS-OXRTFCP] 4.1.1.
COMPRESSED = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c09002062770 5b06c647d0a800fa0".replace(
        " ", ""
    )
)


def test_a_body_kept_as_compressed_rtf_is_read():
    assert decompressed(COMPRESSED) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert document_of(msg(subject="x", extra={"__substg1.0_10090102": COMPRESSED}), "a.msg").text.endswith(
        "\nhello world\n"
    )


@given(st.binary())
def test_any_compressed_rtf_is_survived(data):
    decompressed(COMPRESSED[:16] + data)
    decompressed(data)


def test_a_truncated_outlook_message_is_damaged():
    data = msg(subject="x", body="y")
    for size in (8, 100, 512, 600):
        with pytest.raises(DamagedFileError):
            document_of(data[:size], "a.msg")


def test_an_ole_file_of_another_program_says_so():
    with pytest.raises(ReadingError, match="ni Word"):
        document_of(ole({"Contents": b"x"}), "a.msg")


@given(st.text())
def test_a_bare_name_leads_nowhere(name):
    bare = bare_name(name)
    assert bare
    assert not set(bare) & set("/\\\x00\n")
    assert bare not in (".", "..")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_an_outlook_message_with_flipped_bytes_is_read_or_refused(data):
    whole = bytearray(msg(subject="x", body="y", attachments=[("a", b"b")]))
    for _ in range(data.draw(st.integers(1, 20))):
        whole[data.draw(st.integers(8, len(whole) - 1))] = data.draw(st.integers(0, 255))
    for read in (document_of, attachments):
        with contextlib.suppress(ReadingError):
            read(bytes(whole), "a.msg")
