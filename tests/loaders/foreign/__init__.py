"""Workbooks that were not made for us, read by `tidy`.

Each kind of fault that planners met is held by tests; what their inputs came to before:

- layouts (`test_layouts.py`): of 54 facilities 28 were lost and two groups became facilities; all
  54 links were lost;
- kinds of tables (`test_postings.py`, `test_centres.py`, …): a ledger of postings had no titles;
- questions (`test_questions.py`): there was no sheet of them, and the membership was lost;
- complete is what was read (`test_declared_tables.py`): 4 findings about referrals and centres
  that no column states;
- a fault costs its cell (`test_cells.py::test_a_wrong_code_costs_its_cell_and_nothing_else`): the
  facility was lost, and `check` loaded 0 of 21 rows;
- the district in question (`graphmodel/test_parts.py`): its group and lead were lost;
- next quarter, and the city (`test_update.py`, `test_county_files.py`): there was no `update`, and
  namesakes of two counties were one facility in no group;
- days (`test_two_files_that_differ_only_later_are_not_called_the_same`): “0 differences” alone;
- kinds of files (`workbooks/test_file_kinds.py`): 40 of 44 were refused;
- persons (`test_persons.py`): named on the console and in up to five files;
- sheets to fill in (`cli/test_asking.py`): one by township could not be asked for;
- words (`cli/test_answer_words.py`): columns were `facility_status`, statuses `served` and `met`.
"""
