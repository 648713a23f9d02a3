"""Families of forms in a file, read as patterns."""

import pytest

from assistant.french.forms import Forms


@pytest.fixture
def forms(tmp_path, monkeypatch):
    package = tmp_path / "some_words"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "words.toml").write_text(
        "[act]\nrefuses = ['ecart\\w*', 'rejet\\w*']\naccepts = ['prend\\w*']\n"
        "[said]\nlate = ['@act.refuses sous @number jours', 'trop tard']\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    return Forms("some_words", given={"number": r"\d+"})


def test_a_family_is_found_as_whole_words(forms):
    assert forms.pattern("act.refuses").search("on l'ecarte donc")[0] == "ecarte"
    assert forms.pattern("act.refuses").search("des surecarts") is None


def test_a_form_names_other_families_and_what_the_code_gives(forms):
    late = forms.pattern("said.late")
    assert late.fullmatch("rejet sous 11 jours")
    assert late.fullmatch("trop tard")
    assert not late.search("prendre sous 11 jours")


def test_the_families_of_a_group_come_in_the_order_of_the_file(forms):
    refuses, accepts = forms.patterns("act")
    assert refuses.search("ecarter")
    assert accepts.search("prendre")
    assert not accepts.search("ecarter")


def test_an_unknown_family_is_not_taken_for_an_empty_one(forms):
    with pytest.raises(KeyError):
        forms.family("act.sells")
