"""The dashboard bundle fits together and fits the publication; no Superset is needed here."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.reporting.given import build
from tests.superset.bundle import BUNDLE, ROOT, SUPERSET, Asset, assets, column, query, read

DATASETS = assets("datasets")
CHARTS = assets("charts")
(DASHBOARD,) = assets("dashboards").values()
(DATABASE,) = assets("databases").values()
BY_UUID = {dataset["uuid"]: dataset for dataset in DATASETS.values()}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A small publication, opened as the bundle has it opened."""
    folder = tmp_path_factory.mktemp("superset")
    build(folder)
    config = DATABASE["extra"]["engine_params"]["connect_args"]["config"]
    file = folder / "publish" / "current" / "demarche.duckdb"
    with duckdb.connect(str(file), config=config) as connection:
        yield connection


def test_the_file_is_opened_to_read_and_reaches_no_other(
    published: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(duckdb.InvalidInputException, match="read-only"):
        published.execute("CREATE TABLE mine (a INTEGER)")
    with pytest.raises(duckdb.PermissionException, match="disabled by configuration"):
        published.execute(f"FROM read_csv('{secret}')")


def test_ids_are_unique_and_lead_to_what_is_there() -> None:
    parts = [DATABASE, DASHBOARD, *DATASETS.values(), *CHARTS.values()]
    ids = [part["uuid"] for part in parts]
    assert len(set(ids)) == len(ids) == 13
    assert {dataset["database_uuid"] for dataset in DATASETS.values()} == {DATABASE["uuid"]}
    assert {chart["dataset_uuid"] for chart in CHARTS.values()} == set(BY_UUID)
    assert read(BUNDLE / "metadata.yaml")["type"] == "Dashboard"


def test_the_dashboard_shows_each_chart_once() -> None:
    position = DASHBOARD["position"]
    shown = [part["meta"] for name, part in position.items() if name.startswith("CHART-")]
    assert sorted(meta["uuid"] for meta in shown) == sorted(c["uuid"] for c in CHARTS.values())
    assert len({meta["chartId"] for meta in shown}) == len(shown)
    titles = {chart["uuid"]: chart["slice_name"] for chart in CHARTS.values()}
    assert {meta["uuid"]: meta["sliceName"] for meta in shown} == titles
    reached, waiting = set(), ["ROOT_ID"]
    while waiting:
        reached.add(name := waiting.pop())
        waiting += position[name]["children"]
    assert reached == set(position) - {"DASHBOARD_VERSION_KEY", "HEADER_ID"}


def test_filters_ask_for_columns_that_are_there_and_leave_out_charts_that_are_there() -> None:
    position = DASHBOARD["position"]
    charts = {p["meta"]["chartId"] for name, p in position.items() if name.startswith("CHART-")}
    filters = {f["name"]: f for f in DASHBOARD["metadata"]["native_filter_configuration"]}
    assert list(filters) == ["Entity", "Outlet", "Day", "Unit of coverage"]
    for given in filters.values():
        assert set(given["scope"]["excluded"]) <= charts
        for target in filter(None, given["targets"]):
            names = columns(BY_UUID[target["datasetUuid"]])
            assert target.get("column", {"name": "entity"})["name"] in names


def columns(dataset: Asset) -> dict[str, str]:
    return {column["column_name"]: column["type"] for column in dataset["columns"]}


@pytest.mark.parametrize("name", DATASETS)
def test_a_dataset_declares_what_its_query_gives(
    name: str, published: duckdb.DuckDBPyConnection
) -> None:
    dataset = DATASETS[name]
    given = {d[0]: str(d[1]) for d in published.execute(dataset["sql"]).description or ()}
    assert columns(dataset) == given
    assert len(published.execute(dataset["sql"]).fetchall()) > 0
    dates = {c["column_name"] for c in dataset["columns"] if c["is_dttm"]}
    assert dates == {column for column, type_ in given.items() if type_ == "DATE"}
    assert dataset["main_dttm_col"] in {*dates, None}
    for metric in dataset["metrics"]:
        published.execute(f"SELECT {metric['expression']} FROM ({dataset['sql']})")


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_uses_what_its_dataset_has(name: str) -> None:
    chart = CHARTS[name]
    dataset = BY_UUID[chart["dataset_uuid"]]
    metrics = {metric["metric_name"] for metric in dataset["metrics"]}
    asked, params = query(chart), chart["params"]
    assert {column(c) for c in asked["columns"]} <= set(columns(dataset))
    assert {f["col"] for f in asked["filters"]} <= set(columns(dataset))
    assert set(asked["metrics"]) <= metrics
    assert params.get("timeseries_limit_metric") in {*metrics, None}
    assert params["viz_type"] == chart["viz_type"]


@pytest.mark.parametrize("name", CHARTS)
def test_the_saved_query_is_that_of_the_picture(name: str) -> None:
    asked, params = query(CHARTS[name]), CHARTS[name]["params"]
    groups = params["groupby"] if isinstance(params["groupby"], list) else [params["groupby"]]
    axis = [params["x_axis"]] if "x_axis" in params else []
    assert [column(c) for c in asked["columns"]] == axis + groups
    assert asked["metrics"] == params.get("metrics", [params.get("metric")])
    assert asked["row_limit"] == params["row_limit"]
    assert [(f["col"], f["op"], f.get("val")) for f in asked["filters"]] == [
        (f["subject"], f["operator"], f.get("comparator")) for f in params["adhoc_filters"]
    ]
    assert asked.get("series_limit", 0) == params.get("limit", 0)


def test_tables_show_texts_as_texts() -> None:
    tables = [chart["params"] for chart in CHARTS.values() if chart["viz_type"] == "table"]
    assert [table["allow_render_html"] for table in tables] == [False, False, False]


def test_the_path_is_that_of_the_service() -> None:
    unit = (ROOT / "deploy" / "demarche.service").read_text(encoding="utf-8")
    (folder,) = re.findall(r"^WorkingDirectory=(.+)$", unit, re.M)
    path = f"{folder}/demarche-data/publish/current/demarche.duckdb"
    assert DATABASE["sqlalchemy_uri"] == f"duckdb:///{path}"


def test_pins_are_hashed_and_apart_from_ours() -> None:
    lock = (SUPERSET / "requirements.lock").read_text(encoding="utf-8")
    pins = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.M))
    assert len(re.findall(r"^[a-z0-9-]+==\S+.*\\\n    --hash=sha256:", lock, re.M)) == len(pins)
    assert "//" not in lock
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"duckdb=={pins['duckdb']}" in project["dependencies"]
    assert pins["sqlalchemy"].startswith("1.4.")
    ours = (ROOT / "requirements-test.lock").read_text(encoding="utf-8")
    assert not re.search(r"^(duckdb-engine|apache-superset)==", ours, re.M)
