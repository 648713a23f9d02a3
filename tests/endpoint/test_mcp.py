"""The tools, called by the SDK's own client over HTTP and over stdio; and what a key of one collection sees of another, everywhere."""

import json
import os
import sys
from collections.abc import Callable, Coroutine
from datetime import date
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.shared.exceptions import MCPError
from mcp_types import CallToolResult

from assistant.__main__ import cli
from assistant.errors import AssistantError
from assistant.site.rights import Role
from bench.attack import leaks
from tests.conftest import ROOT
from tests.coroutines import completed
from tests.endpoint.conftest import Served

pytestmark = pytest.mark.models

NAMES = [
    "poser_question",
    "chercher",
    "portefeuille",
    "article_a_date",
    "versions_article",
    "verifier_citation",
    "controler_clause",
    "clauses_pour_besoin",
    "synthese_dce",
    "a_propos",
]
FAILURE = {"error", "error_category", "retryable", "hint"}
LOTS = "Les marchés sont passés en lots séparés. L'acheteur détermine le nombre des lots."


def called(
    served: Served, *calls: tuple[str, dict[str, Any]], key: str | None = None
) -> list[CallToolResult]:
    """What the tools answer over HTTP, each checked by the client against the shape that its tool promises."""

    async def run() -> list[CallToolResult]:
        async with leaks.tools(served.tools, key or served.key) as client:
            await client.list_tools()  # the client then checks each result by the schema of its tool
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return completed(run())


def value(served: Served, name: str, **arguments: Any) -> dict[str, Any]:
    (result,) = called(served, (name, arguments))
    assert not result.is_error, result.content
    found: dict[str, Any] = result.structured_content
    return found


def failed(served: Served, name: str, key: str | None = None, **arguments: Any) -> dict[str, Any]:
    (result,) = called(served, (name, arguments), key=key)
    assert result.is_error
    assert set(result.structured_content) == FAILURE
    assert result.structured_content["error"] in result.content[0].text  # type: ignore[union-attr]
    return dict(result.structured_content)


async def of_stdio(
    served: Served, do: Callable[[Client], Coroutine[Any, Any, None]], mode: str, **environment: str
) -> None:
    """What ``do`` does with ``assistant mcp`` in a process of its own, which may reach no network."""
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "tests.guard", "--home", str(served.home), "mcp"],
        env={
            "PYTHONPATH": str(ROOT),
            "GUARD_LOG": str(served.home / "network.log"),
            "HOME": os.environ["HOME"],
        }
        | environment,
        cwd=ROOT,
    )
    async with Client(command, mode=mode) as client:
        await do(client)


# ---- the protocol -------------------------------------------------------------------------------------------------------------------


def test_every_tool_only_reads_and_says_so_over_stdio_in_both_ages_of_the_protocol(served: Served) -> None:
    seen = []

    async def look(client: Client) -> None:
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools] == NAMES
        for tool in tools:
            assert tool.title
            assert tool.annotations is not None
            assert (tool.annotations.title, tool.annotations.read_only_hint) == (tool.title, True)
            for schema in (tool.input_schema, tool.output_schema or {}):
                Draft202012Validator.check_schema(schema)
                assert schema["type"] == "object"
            assert "citations" in (tool.output_schema or {})["required"]
        answer = await client.call_tool("article_a_date", {"texte": "CCP", "article": "L. 2113-10"})
        assert answer.structured_content["citations"][0]["quote"] == LOTS
        about = await client.call_tool("a_propos", {})
        seen.append(about.structured_content["collections"])

    for mode, environment in (("auto", {}), ("legacy", {"ASSISTANT_KEY": served.key})):
        completed(of_stdio(served, look, mode, **environment))
    assert seen == [
        ["droit", "fermee", "ouverte"],
        ["droit", "ouverte"],
    ]  # who runs the command reads the files themselves; a key keeps it to its own
    assert not (served.home / "network.log").exists()


def test_what_is_wrong_with_the_command_is_said_before_anything_is_served(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(*arguments: str, key: str = "") -> str:
        ran = CliRunner().invoke(
            cli, ["--home", str(served.home), "mcp", *arguments], env={"ASSISTANT_KEY": key}
        )
        assert isinstance(ran.exception, AssistantError)
        return str(ran.exception)

    assert "Cette clé n'est pas connue" in told(key="acp-fausse")
    assert "n'est pas un dossier" in told("--folder", "/nulle/part")
    monkeypatch.delitem(sys.modules, "assistant.endpoint.mcp_server")
    monkeypatch.delattr("assistant.endpoint.mcp_server")
    monkeypatch.setitem(sys.modules, "mcp_types", None)
    assert "MCP n'est pas installé" in told()


def test_over_http_a_key_is_asked_for_and_the_names_are_looked_at(served: Served) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    right = {"Authorization": f"Bearer {served.key}", "Accept": "application/json, text/event-stream"}
    _, revoked = served.keys.create("ancienne", collections=("droit",))
    served.keys.revoke("ancienne")
    for headers, status, words in (
        ({"Authorization": ""}, 401, "Il manque une clé"),
        ({"Authorization": "Bearer acp-fausse"}, 401, "n'est pas connue"),
        ({"Authorization": f"Bearer {revoked}"}, 401, "a été révoquée"),
        ({"Host": "ailleurs.example"}, 421, "Ce nom n'est pas celui"),
        ({"Host": ""}, 421, "Ce nom n'est pas celui"),
        ({"Origin": "https://ailleurs.example"}, 421, "Ce nom n'est pas celui"),
    ):
        answer = httpx.post(f"{served.tools}/mcp", json=body, headers=right | headers)
        assert answer.status_code == status, headers
        assert set(answer.json()) == FAILURE
        assert words in answer.json()["error"]
    assert httpx.post(f"{served.tools}/ailleurs", json=body, headers=right).status_code == 404
    assert (
        httpx.post(
            f"{served.tools}/mcp",
            content=b"x" * 1_500_000,
            headers=right | {"Content-Type": "application/json"},
        ).status_code
        == 413
    )
    assert httpx.post(f"{served.tools}/mcp", json=body, headers=right).status_code == 200


def test_a_call_of_the_wrong_shape_is_told_in_french_what_is_wrong(served: Served) -> None:
    for name, arguments, words in (
        ("poser_question", {}, "il manque « question »"),
        ("poser_question", {"question": 3}, "« question » doit être un texte"),
        ("poser_question", {"question": "a" * 5_000}, "« question » dépasse 4000 caractères"),
        ("poser_question", {"question": "a", "q": 1}, "« q » n'est pas un de ses arguments"),
        (
            "poser_question",
            {"question": "a", "questions_precedentes": "b"},
            "« questions_precedentes » doit être une liste",
        ),
        ("chercher", {"texte": "a", "limite": 0}, "« limite » doit être 1 au moins"),
        ("chercher", {"texte": "a", "nature": "roman"}, "« nature » doit être l'un de"),
        ("article_a_date", {"texte": "CCP", "article": "L1", "date": "hier"}, "« date » doit être une date"),
        ("article_a_date", {"texte": "CCP", "article": "L1", "date": "2026-02-31"}, "n'est pas une date"),
        ("verifier_citation", {"citation": "un deux trois quatre"}, "Il faut dire d'où vient la citation"),
        ("verifier_citation", {"citation": "deux mots", "source": "x"}, "ne se vérifie pas"),
        ("synthese_dce", {}, "Il faut dire ce qui est à résumer"),
        ("synthese_dce", {"sources": []}, "« sources » est vide"),
    ):
        told = failed(served, name, **arguments)
        assert (told["error_category"], told["retryable"]) == ("invalid_input", False)
        assert words in told["error"]

    async def unknown() -> None:
        async with leaks.tools(served.tools, served.key) as client:
            with pytest.raises(MCPError, match="Il n'y a pas d'outil « effacer_tout »"):
                await client.call_tool("effacer_tout", {})

    completed(unknown())


# ---- what each tool does ------------------------------------------------------------------------------------------------------------


def test_a_question_is_answered_with_its_citations_as_the_page_answers_it(served: Served) -> None:
    question = "Peut-on exclure un fournisseur américain parce qu'il est soumis au Cloud Act ?"
    told = value(served, "poser_question", question=question)
    expected = served.site.workspace.ask(question, collections=("droit", "ouverte"))
    assert (told["position"], told["basis"], told["sheet"]) == ("interdit", "fiche", expected.sheet)
    assert [claim["text"] for claim in told["claims"]] == [claim.text for claim in expected.claims]
    for citation in told["citations"]:
        text = served.site.workspace.show(citation["source"]["id"]).text
        assert text[citation["start"] : citation["end"]] == citation["quote"]
    found = value(served, "chercher", texte="pénalité de retard", collection="ouverte", limite=3)["citations"]
    assert {hit["source"]["collection"] for hit in found} == {"ouverte"}
    law = value(served, "chercher", texte="lots séparés", collection="droit seul")["citations"]
    assert law[0]["article"] == "L2113-10"
    assert failed(served, "chercher", texte="phare", collection="fermee")["error_category"] == "not_found"


def test_an_article_is_given_as_it_was_on_a_day_and_in_all_its_wordings(served: Served) -> None:
    old, new = (
        value(served, "article_a_date", texte="code de la commande publique", article="R. 2122-8", date=day)
        for day in ("2019-06-01", "2024-06-01")
    )
    assert "25 000" in old["citations"][0]["quote"]
    assert "40 000" in new["citations"][0]["quote"]
    before = value(served, "article_a_date", texte="CCP", article="R2122-8", date="2018-01-01")
    assert (before["en_vigueur"], before["citations"]) == (False, [])
    several = value(served, "versions_article", texte="CCP", article="R2122-8")["citations"]
    assert [one["valid_from"] for one in several] == ["2019-04-01", "2020-01-01"]
    absent = failed(served, "article_a_date", texte="CCP", article="R2122-99")
    assert absent["error_category"] == "not_found"
    assert "R2122-8" in absent["hint"]


def test_a_citation_is_verified_only_where_it_is_exact_and_in_force(served: Served) -> None:
    def verdict(citation: str, **where: Any) -> tuple[bool, str]:
        told = value(served, "verifier_citation", citation=citation, **where)
        assert (
            told["verifiee"] is False
            or told["citations"][0]["quote"].split() == citation.strip("« »").split()
        )
        return told["verifiee"], told["motif"]

    rule = {"texte": "CCP", "article": "L2113-10"}
    assert verdict("« Les marchés sont passés\n en lots séparés. »", **rule)[0]
    assert verdict("Les marchés sont passés en lots séparés", **rule)[0]
    for citation, where, words in (
        ("Les marchés sont passés en lots uniques.", rule, "ne sont pas dans"),
        ("Les marches sont passés en lots séparés.", rule, "leur typographie diffèrent"),
        ("marchés sont passés en lots sépar", rule, "ne sont pas dans"),
        (
            "Le marché inférieur à 25 000 euros est passé sans publicité.",
            {"texte": "CCP", "article": "R2122-8"},
            "d'une autre rédaction",
        ),
        ("Les marchés sont passés en lots séparés.", rule | {"date": "2018-01-01"}, "d'une autre rédaction"),
        (
            "Les marchés sont passés en lots séparés.",
            {"texte": "CCP", "article": "L9999-1"},
            "n'est pas parmi les textes",
        ),
        ("Le gardien dépose chaque matin la clé", {"source": "0123456789abcdef"}, "Aucune source"),
    ):
        verified, why = verdict(citation, **where)
        assert not verified
        assert words in why


def test_a_clause_is_reviewed_and_clauses_are_found_within_the_rights_of_the_key(served: Served) -> None:
    told = value(
        served, "controler_clause", clause="Le titulaire doit être une entreprise de nationalité française."
    )
    found = {one["regle"] for one in told["constats"]}
    assert found & {"entreprise-francaise-europeenne", "nationalite-candidat"}  # both are right of it
    clause = "Article 4 - Lots\n\nLe candidat doit obligatoirement répondre à tous les lots."
    told = value(served, "controler_clause", clause=clause)
    assert "lots-tous-obligatoires" in [one["regle"] for one in told["constats"]]
    (article,) = told["citations"]  # of its articles, the one that is indexed
    assert (article["work"], article["article"], article["quote"]) == ("CCP", "L2113-10", LOTS)
    text = served.site.workspace.show(article["source"]["id"]).text
    assert text[article["start"] : article["end"]] == LOTS
    _, blind = served.keys.create("redactrice", collections=("ouverte",), role=Role.DRAFTER)
    (seen,) = called(served, ("controler_clause", {"clause": clause}), key=blind)
    assert (seen.structured_content["constats"], seen.structured_content["citations"]) == (
        told["constats"],
        [],
    )
    before = value(served, "controler_clause", clause=clause, date="2018-01-01")
    assert before["citations"] == []  # no wording of it was in force
    found = value(served, "clauses_pour_besoin", besoin="récupérer nos données à la fin sans payer", limite=2)
    assert [len(one["niveaux"]) for one in found["modeles"]] == [3, 3]
    _, reader = served.keys.create("lectrice", collections=("droit",))
    refused = failed(served, "controler_clause", reader, clause="Le titulaire est français.")
    assert refused["error_category"] == "forbidden"
    assert "contrôler un dossier" in refused["error"]
    assert failed(served, "synthese_dce", reader, chemin="CCAP.txt")["error_category"] == "forbidden"


def test_a_tender_is_summarised_from_what_is_indexed_or_from_the_folders_alone(served: Served) -> None:
    (outside,) = called(served, ("synthese_dce", {"chemin": "CCAP.txt"}))
    (consultation,) = outside.structured_content["consultations"]
    assert (
        "trente-sept mois" in consultation["fields"]["duree_initiale"]["quote"]
        if "duree_initiale" in consultation["fields"]
        else consultation["fields"]
    )
    assert any(
        "sept cent dix-sept euros" in citation["quote"] or "trente-sept mois" in citation["quote"]
        for citation in outside.structured_content["citations"]
    )
    assert str(served.home) not in json.dumps(outside.structured_content)
    (served.home / "dce" / "lien.txt").symlink_to(served.home / "CCAP-phare.txt")
    for path in (
        "../CCAP-phare.txt",
        str(served.home / "CCAP-phare.txt"),
        "lien.txt",
        "absent.pdf",
        "a\0b",
        "/etc/passwd",
    ):
        assert failed(served, "synthese_dce", chemin=path)["error_category"] == "not_found"
    closed = next(
        held.source.id for held in served.site.workspace.sources() if held.collections == ("fermee",)
    )
    assert failed(served, "synthese_dce", sources=[closed])["error_category"] == "not_found"
    (own,) = called(served, ("synthese_dce", {"sources": [closed]}), key=served.closed_key)
    assert own.structured_content["documents"][0]["file"] == "CCAP-phare.txt"


def test_a_list_is_computed_over_the_documents_of_the_key(served: Served) -> None:
    question = {"question": "Quels marchés durent plus de deux ans ?"}
    (own,) = called(served, ("portefeuille", question), key=served.closed_key)
    assert own.structured_content["liste"]["yes"] == ["CCAP-phare.txt"]
    (other,) = called(served, ("portefeuille", question))
    assert "CCAP-phare" not in json.dumps(other.structured_content)
    about = value(served, "a_propos")
    assert (about["date"], about["collections"]) == (date.today().isoformat(), ["droit", "ouverte"])


def test_what_breaks_within_a_tool_is_told_without_its_words(
    served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("la clé du phare")

    monkeypatch.setattr(type(served.site.workspace), "search", broken)
    told = failed(served, "chercher", texte="phare")
    assert (told["error_category"], told["hint"]) == ("internal", "Signalez-le (ZeroDivisionError).")
    assert "phare" not in caplog.text


# ---- leaks --------------------------------------------------------------------------------------------------------------------------


def test_a_key_of_one_collection_sees_nothing_of_another_by_the_address_nor_by_the_tools(
    served: Served,
) -> None:
    """Twenty of the questions of ``python -m bench.attack leaks``, which asks five hundred."""
    workspace = served.site.workspace
    asked, secrets = leaks.questions(workspace, 20, 7), leaks.Secrets(workspace)
    judged = completed(
        leaks.asked_of_all(
            served.page, served.tools, (served.key, served.closed_key), asked, secrets, controls=1
        )
    )
    assert judged.seen == []
    assert judged.faults == []
    assert judged.control == {"address": 1}
    assert judged.requests == 60
    assert set(judged.ways) == {"address", *NAMES}
