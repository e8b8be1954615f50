"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sobo.settings")
application = get_wsgi_application()

# What is loaded by now lives as long as the process. Left among the young it would be walked through
# again and again: a tenth of the time of a page.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
