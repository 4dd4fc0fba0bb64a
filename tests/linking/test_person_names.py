import pytest

from tasks.linking.persons.names import likeness, person_name


def like(one: str, other: str) -> str | None:
    first, second = person_name(one), person_name(other)
    assert first is not None
    assert second is not None
    assert likeness(first, second) == likeness(second, first)
    return likeness(first, second)


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Kim Jong-un", "Kim Jong Un", "same"),
        ("José Núñez", "Jose Nunez", "same"),
        ("Gen. Mark Milley", "Mark Milley", "same"),
        ("Abdel Fattah al-Sisi", "Abdel Fattah el-Sisi", "same"),
        ("Mohammed bin Salman", "Mohammed Salman", "same"),
        ("Alexander Novak", "Aleksandr Novak", "nickname"),
        ("Muhammad Javad Zarif", "Mohammad Javad Zarif", "nickname"),
        ("Youssef Ziedan", "Yusuf Ziedan", "nickname"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "spelling"),
        ("Recep Tayyip Erdoğan", "Recep Erdogan", "middle"),
        ("Robert Kennedy", "Robert Kennedy Jr.", "middle"),
        ("Joe Biden", "Joseph Biden", "nickname"),
        ("Bill Burns", "William J. Burns", "nickname"),
        ("J. Biden", "Joe Biden", "initial"),
        ("J.R. Biden", "Joseph Robinette Biden", "initial"),
    ],
)
def test_names_of_one_person(one: str, other: str, how: str) -> None:
    assert like(one, other) == how


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("John Smith", "Jane Smith"),
        ("John Smith", "John Smythe"),
        ("George H. W. Bush", "George W. Bush"),
        ("Robert Kennedy Jr.", "Robert Kennedy Sr."),
        ("B. Clinton", "Hillary Clinton"),
        ("Alexandra Novak", "Alexander Novak"),
        ("Christina Lagarde", "Christopher Lagarde"),
        ("Mary Trump", "Donald Trump"),
        ("Hassan Nasrallah", "Hossein Nasrallah"),
    ],
)
def test_names_of_two_persons(one: str, other: str) -> None:
    assert like(one, other) is None


@pytest.mark.parametrize("text", ["Putin", "", "Mr. Putin", "President Putin", "王毅", "J.", "42"])
def test_a_bare_surname_is_no_full_name(text: str) -> None:
    assert person_name(text) is None
