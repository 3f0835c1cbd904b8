"""The group « Appels à projets » of the administration: each room brings its own screens."""

from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSetGroup

from aap.calls.admin import call_viewset
from aap.decisions.admin import letter_template_viewset
from aap.questionnaires.admin import questionnaire_viewset


class CallsGroup(ModelViewSetGroup):
    menu_label = "Appels à projets"
    menu_icon = "calendar-alt"
    menu_order = 150
    # One line for each room that has screens here.
    items = (call_viewset, questionnaire_viewset, letter_template_viewset)


@hooks.register("register_admin_viewset")
def register_calls_group() -> CallsGroup:
    return CallsGroup()
