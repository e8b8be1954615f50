"""Opens one workbook with the compiled reader and reads every sheet: a script of its own.

Started by `rehearsal` in a process that may die.  It imports nothing of the project, so that it
starts in a blink.  Arguments: the file, and the most memory the process may map, in bytes.
"""

import resource
import sys

from python_calamine import CalamineError, CalamineWorkbook


def read_every_sheet(path: str) -> None:
    workbook = CalamineWorkbook.from_path(path)
    for position, _ in enumerate(workbook.sheets_metadata):
        workbook.get_sheet_by_index(position)


if __name__ == "__main__":
    memory_bytes = int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    try:
        read_every_sheet(sys.argv[1])
    except (CalamineError, OSError):
        sys.exit(0)  # a named error is no danger: the reader in the main process will name it too
