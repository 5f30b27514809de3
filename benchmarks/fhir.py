"""Read 100,000 resources of a directory in FHIR, as a Bundle or NDJSON; print seconds and memory.

The resources are made up after Plan-Net: for every 10 an affiliation, three organizations, four locations with
opening hours and telephones, and two services.

    python -m benchmarks.fhir [--resources 100000] [--lines] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from medgraph.loaders import registry

_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def resources(count: int) -> Iterator[dict[str, Any]]:
    """Yield so many resources of a directory."""
    for number in range(count // 10):
        network = f"N{number // 50}"
        for place in range(3):
            is_network = place == 0 and number % 50 == 0
            yield {
                "resourceType": "Organization",
                "id": network if is_network else f"O{number}-{place}",
                "meta": _meta(),
                "active": True,
                "identifier": [{"system": "http://a.b/npi", "value": f"{number:07d}{place}"}],
                "type": [{"coding": [_coding("ntwk" if is_network else "fac")]}],
                "name": f"某县第{number}医院 {place}",
                "contact": [{"name": {"text": "not read"}, "telecom": [_phone()] * 2}],
                "telecom": [_phone()],
            }
        for place in range(4):
            yield {
                "resourceType": "Location",
                "id": f"L{number}-{place}",
                "meta": _meta(),
                "status": "active",
                "name": f"某县第{number}医院院区{place}",
                "type": [{"coding": [_coding("HOSP")]}],
                "telecom": [_phone()] * 2,
                "address": {"line": ["1 Main Street"], "city": "Anytown", "state": "CT"},
                "position": {"longitude": 70 + number % 60, "latitude": 10 + number % 40},
                "managingOrganization": {"reference": f"Organization/O{number}-1"},
                "hoursOfOperation": [{"daysOfWeek": [day], "allDay": True} for day in _DAYS],
            }
        for place in range(2):
            yield {
                "resourceType": "HealthcareService",
                "id": f"S{number}-{place}",
                "meta": _meta(),
                "providedBy": {"reference": f"Organization/O{number}-1"},
                "specialty": [{"coding": [_coding(f"20{place}")], "text": f"specialty {place}"}],
                "availableTime": [{"daysOfWeek": _DAYS, "allDay": True}],
            }
        yield {
            "resourceType": "OrganizationAffiliation",
            "id": f"A{number}",
            "meta": _meta(),
            "active": True,
            "participatingOrganization": {"reference": f"Organization/O{number}-1"},
            "network": [{"reference": f"Organization/{network}"}],
            "code": [{"coding": [_coding("outpatient")]}],
        }


def _meta() -> dict[str, Any]:
    return {"versionId": "1", "lastUpdated": "2024-01-01T00:00:00Z", "profile": ["http://a.b/c"]}


def _coding(code: str) -> dict[str, str]:
    return {"system": "http://a.b/codes", "code": code, "display": code}


def _phone() -> dict[str, Any]:
    return {
        "system": "phone",
        "value": "(111)-222-3333",
        "use": "work",
        "extension": [{"url": "x"}],
    }


def write(path: Path, count: int) -> None:
    """Write them, as a Bundle or a line each."""
    with path.open("w", encoding="utf-8") as file:
        if path.suffix == ".ndjson":
            file.writelines(json.dumps(one) + "\n" for one in resources(count))
            return
        file.write('{"resourceType": "Bundle", "type": "collection", "entry": [')
        between = ""
        for one in resources(count):
            file.write(between + json.dumps({"resource": one}))
            between = ",\n"
        file.write("]}")


def main() -> None:
    """Write, read, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--resources", type=int, default=100_000)
    options.add_argument("--lines", action="store_true")
    options.add_argument("--json", type=Path)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("directory.ndjson" if asked.lines else "directory.json")
        write(path, asked.resources)
        begin, used = time.perf_counter(), time.process_time()
        loaded = registry.load(path)
        found = {
            "resources": loaded.rows_in,
            "megabytes": path.stat().st_size >> 20,
            "seconds": round(time.perf_counter() - begin, 1),
            "processor_seconds": round(time.process_time() - used, 1),
            "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
            "network": repr(loaded.network),
            "python": platform.python_version(),
        }
    text = json.dumps(found, ensure_ascii=False)
    print(text)
    if asked.json:
        asked.json.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
