"""Sample workbooks of the demo: clean, messy, hostile, and two layouts that are not ours."""

from pathlib import Path

from sobo.demo.nation import Batch
from sobo.demo.samples.city import write_class_list, write_teacher_sheet
from sobo.demo.samples.clean import write_clean
from sobo.demo.samples.hostile import write_hostile, write_macro
from sobo.demo.samples.messy import write_messy
from sobo.demo.samples.story import story

CLEAN, MESSY, HOSTILE = "sach.xlsx", "ban.xlsx", "doc.xlsx"
EXPECTED, MENDED = "ban.ky-vong.json", "ban.sua.json"
MACRO, CLASS_LIST, TEACHERS = "doc-macro.xlsm", "lop-hcmc.xlsx", "giao-vien-72-cot.xlsx"


def write_samples(folder: Path, batch: Batch) -> list[Path]:
    """Write every sample into a folder, over those of an earlier start; the files, in order.

    `batch` is the first one of the nation, which holds the written schools. Their cells are the same
    at every writing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    told = story(batch)
    write_clean(folder / CLEAN, told)
    write_messy(folder / MESSY, told, expected=folder / EXPECTED, mended=folder / MENDED)
    write_hostile(folder / HOSTILE, told)
    write_macro(folder / MACRO, told)
    write_class_list(folder / CLASS_LIST, batch)
    write_teacher_sheet(folder / TEACHERS, batch)
    names = (CLEAN, MESSY, EXPECTED, MENDED, HOSTILE, MACRO, CLASS_LIST, TEACHERS)
    return [folder / name for name in names]
