"""Addresses of the register. A school stands in them by its record id; no personal code ever does."""

from django.urls import include, path

from sobo.registry.views import classes, editing, learners, people, premises, schools, search, staff

of_school = [
    path("ho-so", schools.show_school, name="school"),
    path("ho-so/sua", editing.edit_profile, name="school-edit"),
    path("ho-so/lich-su", people.school_history, name="school-history"),
    path("diem-truong", premises.list_campuses, name="campuses"),
    path("diem-truong/them", editing.add, {"sheet": "campuses"}, name="campus-add"),
    path("diem-truong/<uuid:record>/sua", editing.edit, {"sheet": "campuses"}, name="campus-edit"),
    path("lop", classes.list_classes, name="classes"),
    path("lop/them", editing.add, {"sheet": "classes"}, name="class-add"),
    path("lop/<uuid:school_class>", classes.show_class, name="class"),
    path("lop/<uuid:record>/sua", editing.edit, {"sheet": "classes"}, name="class-edit"),
    path("nguoi-hoc", learners.list_learners, name="learners"),
    path("nguoi-hoc/them", editing.add, {"sheet": "learners"}, name="learner-add"),
    path("nguoi-hoc/<uuid:person>", people.show_learner, name="learner"),
    path("nguoi-hoc/<uuid:person>/mo", people.reveal_learner, name="learner-reveal"),
    path("nguoi-hoc/<uuid:person>/lich-su", people.learner_history, name="learner-history"),
    path("nguoi-hoc/<uuid:person>/trang-thai", editing.change_status, name="learner-status"),
    path("nguoi-hoc/<uuid:record>/sua", editing.edit, {"sheet": "learners"}, name="learner-edit"),
    path("doi-ngu", staff.list_staff, name="staff"),
    path("doi-ngu/them", editing.add, {"sheet": "staff"}, name="staff-add"),
    path("doi-ngu/<uuid:person>", people.show_member, name="staff-member"),
    path("doi-ngu/<uuid:person>/mo", people.reveal_member, name="staff-reveal"),
    path("doi-ngu/<uuid:person>/lich-su", people.member_history, name="staff-history"),
    path("doi-ngu/<uuid:record>/sua", editing.edit, {"sheet": "staff"}, name="staff-edit"),
    path("phong", premises.list_rooms, name="rooms"),
    path("phong/them", editing.add, {"sheet": "rooms"}, name="room-add"),
    path("phong/<uuid:record>/sua", editing.edit, {"sheet": "rooms"}, name="room-edit"),
]

urlpatterns = [
    path("tim", search.search, name="search"),
    path("truong", schools.list_schools, name="schools"),
    path("truong/<uuid:school>/", include(of_school)),
]
