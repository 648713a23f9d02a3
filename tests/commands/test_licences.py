"""Every part that the program stands on may be used with a program under EUPL-1.2."""

import json
import re

from click.testing import CliRunner

from assistant.commands.licences import Licensed, licences, packages

# Licences that ask for no more than a notice, and two that ask for the same licence only of their own files or of a program run apart.
ALLOWED = re.compile(r"0BSD|Apache|BSD|BSL-1\.0|CC0|CNRI-Python|EUPL-1\.2|ISC|MIT|MPL-2\.0|PSF|Zlib")
# Libraries that are called and not changed, under a licence that the EUPL's own appendix names (LGPL v. 3).
LIBRARIES = {"psycopg": "LGPL-3.0-only", "psycopg-binary": "LGPL-3.0-only"}
FORBIDDEN = re.compile(r"\bA?GPL|LGPL|SSPL|non.?commercial", re.IGNORECASE)


def allows_its_use(package: Licensed) -> bool:
    if package.name in LIBRARIES:
        return package.licence == LIBRARIES[package.name]
    own = package.name == "pypandoc_binary"  # pandoc is a program of its own, run as one
    return bool(ALLOWED.search(package.licence)) and (own or not FORBIDDEN.search(package.licence))


def test_each_package_that_is_installed_has_a_licence_that_allows_its_use() -> None:
    found = packages()
    assert len(found) > 100
    assert [package for package in found if not allows_its_use(package)] == []


def test_the_list_names_what_the_project_asks_for_and_the_models() -> None:
    listed = json.loads(CliRunner().invoke(licences, ["--json"]).output)
    names = {one["name"].lower().replace("_", "-") for one in listed}
    assert {
        "gradio",
        "faiss-cpu",
        "pypdf",
        "transformers",
        "sentence-transformers",
        "langchain-text-splitters",
        "torch",
        "xllamacpp",
    } <= names
    assert "MIT" in next(
        one["licence"]
        for one in listed
        if one["kind"] == "modèle" and one["name"] == "e5-small-commande-publique"
    )
    assert "pytest" not in names
