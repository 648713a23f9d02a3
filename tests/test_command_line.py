"""The whole life of the command line, with the real models and the network refused."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant import settings
from tests.conftest import ROOT, write_rules

pytestmark = pytest.mark.models


def isolated() -> list[str]:
    """A prefix that runs a command in a network namespace of its own, where the machine allows it."""
    probe = (
        shutil.which("unshare")
        and subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False).returncode == 0
    )
    return ["unshare", "--net"] if probe else []


# Of the questions to articles and to sheets, and of the sheets, those that are indexed here: the others differ in number only, and take ten times as long.
QUESTIONS = 100
SHEETS = (
    "admettre-operateur-etranger",
    "capacites-references",
    "conditions-execution",
    "exclusion-cloud-act",
    "exclusions-legales",
    "hors-fonction-publique",
    "hors-prix-et-produits",
    "jurisprudence-souverainete",
    "localisation-des-moyens-ue",
    "localisation-france-seulement",
    "marque-ou-equivalent",
    "nationalite-capital",
    "offres-de-confiance",
    "operateurs-pays-tiers",
    "ppl-8",
    "preference-locale",
    "secnumcloud-ou-equivalent",
    "sren-collectivites",
)


class Site:
    def __init__(self, home: Path) -> None:
        self.home, self.log, self.prefix = home, home / "network.log", isolated()
        self.corpus = home / "corpus"

    def run(self, *arguments: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"ASSISTANT_HOME": str(self.home), "GUARD_LOG": str(self.log)}
        command = [*self.prefix, sys.executable, "-m", "tests.guard", *map(str, arguments)]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=600
        )
        assert done.returncode == code, done.stderr + done.stdout
        assert "Traceback" not in done.stderr
        return done

    def json(self, *arguments: str | Path, code: int = 0) -> Any:
        return json.loads(self.run(*arguments, "--json", code=code).stdout)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A home with the models of this machine and the project's own corpus indexed, with the first questions of each of its files of them."""
    home = tmp_path_factory.mktemp("home")
    (home / "models").symlink_to(settings.load().models)
    made = Site(home)
    shutil.copytree(ROOT / "corpus", made.corpus)
    (made.corpus / "accords-cadres" / "accord-cadre-fictif-hebergement-cloud.docx").unlink()
    for path in (made.corpus / "droit").glob("*.yaml"):
        if path.stem not in SHEETS:
            path.unlink()
    for path in [
        *(made.corpus / "questions" / "rules").iterdir(),
        *(made.corpus / "questions" / "fiches").iterdir(),
    ]:
        path.write_text(
            "\n".join(path.read_text(encoding="utf-8").splitlines()[:QUESTIONS]) + "\n", encoding="utf-8"
        )
    made.run("index", made.corpus, "--collection", "corpus")
    made.run("index", write_rules(home / "regles.jsonl"), "--collection", "regles")
    return made


def test_doctor_finds_everything_in_order(site: Site) -> None:
    assert all(check["ok"] or check.get("optional") for check in site.json("doctor"))


def test_indexing_again_changes_nothing(site: Site) -> None:
    again = site.json("index", site.corpus, "--collection", "corpus")
    assert again["added"] == []
    assert again["failures"] == []
    assert any(path.endswith("exclusion-cloud-act.yaml") for path in again["unchanged"])


def test_a_question_gets_exact_quotes_that_a_program_can_check(site: Site) -> None:
    answer = site.json(
        "ask", "Peut-on exclure un fournisseur américain parce qu'il est soumis au Cloud Act ?"
    )
    assert (answer["position"], answer["status"], answer["model"]) == ("interdit", "grounded", None)
    assert "Cloud Act" in answer["claims"][0]["text"]
    for claim in answer["claims"]:
        assert claim["evidence"]
        for quote in claim["evidence"]:
            shown = site.json("show", quote["source"]["id"])
            assert shown["text"][quote["start"] : quote["end"]] == quote["quote"]


def test_who_asks_whether_a_foreign_firm_may_bid_does_not_read_that_it_is_forbidden(site: Site) -> None:
    for question in (
        "Une entreprise norvégienne est-elle admise ?",
        "Est-ce légal de prendre un hébergeur américain ?",
    ):
        answer = site.json("ask", question)
        assert answer["sheet"] in ("admettre-operateur-etranger", "offres-de-confiance")
        assert answer["position"] in ("possible", "possible_sous_conditions")
    # No sheet is sure of it, and no document of ours is named; that a bidder is foreign forbids nothing all the same.
    assert site.json("ask", "Salesforce peut-il gagner notre marché ?")["position"] == "information"
    shown = site.run("ask", "Peut-on écarter d'office les candidats américains ?").stdout
    assert shown.startswith("**Interdit** : Exclure un candidat")


def test_what_judges_decided_is_told_as_what_is_known_of_it(site: Site) -> None:
    answer = site.json(
        "ask", "Le tribunal a-t-il déjà annulé un marché pour exclusion d'un hébergeur américain ?"
    )
    assert answer["position"] == "information"
    assert "aucune décision n'a été identifiée" in answer["claims"][0]["text"].lower()


def test_what_cannot_be_known_is_refused_with_exit_code_3(site: Site) -> None:
    answer = site.json("ask", "que prévoit l'article L2199-9 du CCP sur les clouds étrangers ?", code=3)
    assert (answer["position"], answer["claims"]) == ("hors_corpus", [])


def test_a_search_is_as_of_a_date(site: Site) -> None:
    for day, amount in (("2019-06-01", "25 000"), ("2026-01-01", "40 000")):
        hits = site.json("search", "marché sans publicité R2122-8", "--as-of", day, "--kind", "droit")
        assert amount in hits[0]["text"]
        assert hits[0]["work"] == "CCP"
        assert "reference" in hits[0]["found_by"]


def test_a_batch_keeps_ids_and_order_and_names_the_bad_line(site: Site) -> None:
    batch, out = site.home / "in.jsonl", site.home / "out.jsonl"
    batch.write_text(
        '{"id": "b", "question": "allotissement"}\npas du json\n{"id": "a", "question": "localisation", "as_of": "2026-04-01"}\n',
        encoding="utf-8",
    )
    done = site.run("search", "--batch", batch, "--out", out, "--limit", "3", code=1)
    assert "1 ligne(s)" in done.stderr
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["b", None, "a"]
    assert "Ligne 2" in lines[1]["error"]
    assert all(line["seconds"] >= 0 for line in lines)
    assert lines[0]["hits"][0]["article"] == "L2113-10"


def test_a_batch_of_questions_gives_an_answer_a_line(site: Site) -> None:
    batch, out = site.home / "q.jsonl", site.home / "r.jsonl"
    batch.write_text(
        '{"id": "1", "question": "Peut-on imposer que les serveurs soient dans l\'Union ?", "as_of": null}\n',
        encoding="utf-8",
    )
    site.run("ask", "--no-model", "--batch", batch, "--out", out)
    (answer,) = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert answer["id"] == "1"
    assert answer["claims"]
    assert answer["seconds"]["total"] > 0


def test_a_line_of_a_batch_may_go_on_from_questions_before_it(site: Site) -> None:
    batch, out = site.home / "suites.jsonl", site.home / "reponses.jsonl"
    before = "Peut-on imposer que les serveurs soient dans l'Union ?"
    lines = (
        {"id": "seule", "question": "et c'est quel article ?"},
        {"id": "suite", "question": "et c'est quel article ?", "previous": [before]},
    )
    batch.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    site.run("ask", "--no-model", "--batch", batch, "--out", out)
    alone, after = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert after["sheet"] is not None
    assert alone["sheet"] != after["sheet"]


def test_what_is_indexed_is_listed_shown_and_removed(site: Site) -> None:
    note = site.home / "note.md"
    note.write_text(
        "# Note\n\n## Délais\n\nLe délai de livraison est de trente jours à compter de la commande.\n",
        encoding="utf-8",
    )
    (added,) = site.json("index", note, "--collection", "notes")["added"]
    assert any(
        source["id"] == added["id"] and source["collections"] == ["notes"] for source in site.json("sources")
    )
    assert "trente jours" in site.json("show", added["id"])["text"]
    headings = [json.loads(line) for line in site.run("headings", "--json").stdout.splitlines()]
    assert {"number": None, "title": "Délais", "page": None} in next(
        one for one in headings if one["file"] == "note.md"
    )["headings"]
    site.run("remove", added["id"])
    assert all(source["id"] != added["id"] for source in site.json("sources"))
    assert "note" in note.read_text(encoding="utf-8").lower()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--inconnue"], 2, "Option inconnue"),
        (["chercher"], 2, "Commande inconnue"),
        (["search"], 2, "manque la question"),
        (["search", "x", "--as-of", "hier"], 2, "n'est pas une date"),
        (["ask", "x", "--no-model", "--force-model"], 2, "se contredisent"),
        (["index", "absent.pdf"], 2, "n'existe pas"),
        (["index"], 2, "manque"),
        (["show", "0000"], 1, "identifiant"),
        (["serve", "--host", "0.0.0.0"], 2, "que sur cet ordinateur"),
        (["ask", "  "], 2, "vide"),
    ],
)
def test_a_mistake_gets_one_clear_french_message(
    site: Site, arguments: list[str], code: int, message: str
) -> None:
    assert message in site.run(*arguments, code=code).stderr


def test_without_models_the_way_out_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_MODELS", str(tmp_path / "nowhere"))
    bare = Site(tmp_path)
    assert "assistant setup" in bare.run("index", ROOT / "corpus", code=1).stderr
    checks = bare.json("doctor", code=1)
    assert any(check["cure"] == "assistant setup" for check in checks)


def test_an_empty_index_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "models").symlink_to(settings.load().models)
    assert "assistant index" in Site(tmp_path).run("ask", "localisation ?", code=1).stderr


def test_the_language_model_path_holds_with_the_real_default_model(site: Site) -> None:
    answer = site.json(
        "ask", "Peut-on imposer que les moyens soient localisés dans l'Union ?", "--force-model"
    )
    assert answer["model"]
    assert all(claim["evidence"] for claim in answer["claims"])
    for claim in answer["claims"]:
        for quote in claim["evidence"]:
            assert (
                site.json("show", quote["source"]["id"])["text"][quote["start"] : quote["end"]]
                == quote["quote"]
            )


def test_nothing_was_sent_to_the_network(site: Site) -> None:
    assert not site.log.exists(), site.log.read_text()
