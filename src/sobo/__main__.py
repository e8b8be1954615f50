import sys

from sobo.commands import main

sys.exit(main())
