"""A day that is set again is a row more: the earlier one stays."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="deadline", name="one_deadline"),
        migrations.AddField("deadline", "set_at", models.DateTimeField(db_default=Now())),
        migrations.AddField("deadline", "set_by", models.BigIntegerField(null=True)),
        migrations.AddField(
            "deadline", "set_by_name", models.CharField(db_default="", max_length=120)
        ),
    ]
