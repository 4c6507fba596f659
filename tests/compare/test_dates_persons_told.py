"""Dates and persons told in other words: the same disagreement must be found, and the same agreement left alone."""

from __future__ import annotations

import pytest

from agents.rules.chart import read_chart
from panel.case import Case
from panel.compare.chart import Chart
from panel.compare.dates import date_conflicts
from panel.compare.identity import identity_conflicts
from panel.opinion import Opinion


def raised(check, documents, patient=None):
    rows = [{"id": f"d{i}", "kind": k, "date": d, "title": t, "text": x} for i, (k, d, t, x) in enumerate(documents)]
    case = Case.model_validate({"id": "x", "patient": patient or {}, "documents": rows})
    opinion = Opinion(specialty="registrar", reader="rules", findings=read_chart(case).findings)
    return [[(s.by, s.value) for s in conflict.sides] for conflict in check(Chart.of_opinions(case, [opinion]))]


DATES = [
    ("op date of op", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date of op 14/02/2026. Right hemicolectomy."), ("pathology", "2026-02-20", "Right hemicolectomy", "Specimen: right hemicolectomy of 4 February 2026. Adenocarcinoma.")], True),
    ("op 'Op date'", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Op date: 14.02.2026"), ("oncology", "2026-03-20", "", "Right hemicolectomy 4/2/26, adenocarcinoma.")], True),
    ("date of surgery", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date of surgery: 14 Feb 2026"), ("oncology", "2026-03-20", "", "She underwent right hemicolectomy on the 4th of February 2026.")], True),
    ("date of procedure", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date of procedure - 14-Feb-2026"), ("oncology", "2026-03-20", "", "Hemicolectomy (04-Feb-2026) showed pT3.")], True),
    ("bare Date:", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date: 14/02/2026\nRight hemicolectomy"), ("oncology", "2026-03-20", "", "Hemicolectomy on 4/2/2026.")], True),
    ("operated on", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Operated on 14.02.2026"), ("oncology", "2026-03-20", "", "She was operated on 04.02.2026 (right hemicolectomy).")], True),
    ("doc date as op date", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Right hemicolectomy. Findings: caecal tumour."), ("pathology", "2026-02-27", "Right hemicolectomy", "Right hemicolectomy specimen, taken 24 February 2026.")], True),
    ("doc date same", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Right hemicolectomy. Findings: caecal tumour."), ("pathology", "2026-02-27", "Right hemicolectomy", "Right hemicolectomy specimen, taken 14 February 2026.")], False),
    ("performed words", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date of operation 14 February 2026"), ("note", "2026-03-20", "", "Hemicolectomy was carried out on February 4, 2026.")], True),
    ("US format letter month", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date of operation 14 February 2026"), ("note", "2026-03-20", "", "Hemicolectomy was carried out on Feb 14th, 2026.")], False),
    ("ISO", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date of operation 2026-02-14"), ("note", "2026-03-20", "", "Hemicolectomy 2026-02-04.")], True),
    ("no year", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date of operation 14 February 2026"), ("note", "2026-03-20", "", "He had a hemicolectomy on 4 February.")], True),
    ("no year same", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date of operation 14 February 2026"), ("note", "2026-03-20", "", "He had a hemicolectomy on 14 February.")], False),
    ("month only", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date of operation 14 February 2026"), ("note", "2026-03-20", "", "He had a hemicolectomy in February 2026.")], False),
    ("path before op", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date of operation 14 February 2026"), ("pathology", "2026-02-09", "Right hemicolectomy", "Right hemicolectomy. Adenocarcinoma pT3.")], True),
    ("received before op", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date of operation 14 February 2026"), ("pathology", "2026-02-20", "Right hemicolectomy", "Received: 11 February 2026. Adenocarcinoma pT3.")], True),
    ("collected after received", [("pathology", "2026-02-16", "Biopsy colon", "Taken: 12/02/2026  Received: 10/02/2026  Reported: 16/02/2026")], True),
    ("reported before received", [("pathology", "2026-02-16", "Biopsy colon", "Date taken 10/02/2026; date received 11/02/2026; date reported 09/02/2026")], True),
    ("biopsy dates", [("pathology", "2026-02-16", "Core biopsy", "Core biopsy left breast. Date of biopsy: 12/02/2026. Carcinoma."), ("oncology", "2026-03-20", "", "Her biopsy on 21/02/2026 showed carcinoma.")], True),
    ("biopsy agrees", [("pathology", "2026-02-16", "Core biopsy", "Core biopsy left breast. Date of biopsy: 12/02/2026. Carcinoma."), ("oncology", "2026-03-20", "", "Her biopsy on 12.2.26 showed carcinoma.")], False),
    ("CT cite", [("radiology", "2026-02-12", "CT chest", "CT chest. 28 mm mass."), ("oncology", "2026-03-20", "", "CT chest on 21 February 2026 showed a mass.")], True),
    ("CT cite ok", [("radiology", "2026-02-12", "CT chest", "CT chest. 28 mm mass."), ("oncology", "2026-03-20", "", "CT chest of 12/2 showed a mass.")], False),
    ("CT cite turnaround", [("radiology", "2026-02-12", "CT chest", "CT chest. 28 mm mass."), ("oncology", "2026-03-20", "", "CT chest of 11/02/2026 showed a mass.")], False),
    ("two biopsies", [("pathology", "2026-02-16", "Core biopsy", "Core biopsy breast, taken 12/02/2026."), ("oncology", "2026-03-20", "", "A second biopsy on 21/02/2026 confirmed HER2.")], False),
    ("planned", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date of operation 14 February 2026"), ("note", "2026-03-20", "", "Completion colectomy booked for 4 April 2026.")], False),
    ("rescheduled", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date of operation 14 February 2026"), ("note", "2026-03-20", "", "Hemicolectomy had been planned for 4 February 2026 but was postponed.")], False),
    ("old op", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date of operation 14 February 2026"), ("note", "2026-03-20", "", "Hysterectomy 4 February 1999.")], False),
    ("future event", [("note", "2026-03-20", "", "Hemicolectomy was performed on 14 May 2026 without complications.")], True),
    ("wrong year", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date of operation 14 February 2026"), ("note", "2026-03-20", "", "Right hemicolectomy on 14 February 2025, pT3.")], True),
    ("discharge", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date of operation 14 February 2026"), ("note", "2026-03-20", "", "Admitted 13 February 2026, hemicolectomy next day, discharged 20 February 2026.")], False),
    ("pathology header dates", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date of operation 14 February 2026"), ("pathology", "2026-02-20", "Right hemicolectomy", "Received 14/02/2026, reported 20/02/2026. Right hemicolectomy.")], False),
    ("surg date words", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Theatre date: 14.02.26. Procedure: right hemicolectomy."), ("pathology", "2026-02-20", "Right hemicolectomy", "Right hemicolectomy, surgery date 12.02.26")], True),
    ("POD", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date of operation 14 February 2026"), ("note", "2026-02-20", "", "Post-op day 6 after hemicolectomy, reviewed 20 February 2026.")], False),
    ("excised on", [("surgery", "2026-03-03", "Breast surgery", "Wide local excision left breast performed on 3 March 2026."), ("pathology", "2026-03-18", "Left breast wide local excision", "Left breast WLE. Excised on 13 March 2026.")], True),
    ("colonoscopy", [("surgery", "2026-01-05", "Colonoscopy", "Colonoscopy 5 January 2026: caecal tumour, biopsied."), ("oncology", "2026-03-01", "", "At colonoscopy on 15 January 2026 a caecal tumour was found.")], True),
    ("colonoscopy ok", [("surgery", "2026-01-05", "Colonoscopy", "Colonoscopy 5 January 2026: caecal tumour, biopsied."), ("oncology", "2026-03-01", "", "At colonoscopy on 05/01/26 a caecal tumour was found.")], False),
    ("colonoscopy doc date", [("surgery", "2026-01-05", "Colonoscopy", "Caecal tumour, biopsied."), ("oncology", "2026-03-01", "", "Colonoscopy on 15 January 2026 showed a caecal tumour.")], True),
    ("story day", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date of operation 14 February 2026"), ("note", "2026-02-28", "Discharge letter", "Right hemicolectomy. Oral intake was resumed post-op day 3. Home today.")], False),
    ("day that stands", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date of operation 14 February 2026"), ("note", "2026-02-28", "Ward note", "Today POD 3 after right hemicolectomy, well.")], True),
    ("from another day", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date of operation 14 February 2026"), ("note", "2026-03-30", "", "Wound seen on 9 March 2026, three weeks after the right hemicolectomy.")], False),
    ("before it ended", [("surgery", "2026-02-14", "Operation note: oesophagectomy", "Date of operation 14 February 2026. Oesophagectomy."), ("oncology", "2026-03-20", "", "FLOT, four cycles before oesophagectomy, completed 15 January 2026.")], False),
    ("heading's sentence", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Date of operation 14 February 2026. Right hemicolectomy."), ("note", "2026-03-20", "", "She recovered from the right hemicolectomy. 4 February 2026: dental check.")], False),
    ("second excision named", [("surgery", "2026-03-03", "Breast surgery", "Wide local excision left breast performed on 3 March 2026."), ("surgery", "2026-03-24", "Operation note", "Operation 24 March 2026: repeat wide local excision, left breast.")], False),
    ("two specimens", [("pathology", "2026-01-20", "TURBT", "TURBT of 16 January 2026. Urothelial carcinoma pT1."), ("pathology", "2026-02-25", "TURBT", "TURBT of 20 February 2026. No residual tumour.")], False),
    ("one specimen", [("pathology", "2026-01-20", "TURBT", "TURBT of 16 January 2026. Urothelial carcinoma pT1."), ("oncology", "2026-02-25", "", "TURBT of 26 January 2026 showed pT1.")], True),
    ("added later", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Right hemicolectomy. Addendum: CT abdomen was performed on 20 February 2026, no leak.")], False),
    ("not added", [("surgery", "2026-02-14", "Operation note: right hemicolectomy", "Right hemicolectomy. CT abdomen was performed on 20 February 2026, no leak.")], True),
    ("reexcision", [("surgery", "2026-03-03", "Breast surgery", "Wide local excision left breast performed on 3 March 2026."), ("note", "2026-03-30", "", "Re-excision of margins on 24 March 2026.")], False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "documents", "expected"), DATES, ids=[row[0] for row in DATES])
def test_dates(name, documents, expected):
    found = raised(date_conflicts, documents)
    assert len(found) == int(expected), found


PERSONS = [
    ("sex words", [("oncology", "2026-03-20", "", "This 67-year-old woman has lung cancer."), ("radiology", "2026-03-20", "", "67 year old gentleman with a lung mass.")], None, True),
    ("sex M/F short", [("note", "2026-03-20", "", "67F with lung ca"), ("note", "2026-03-20", "", "67 M, lung mass")], None, True),
    ("sex letters header", [("note", "2026-03-20", "", "Age/Sex: 67/F. CT chest."), ("note", "2026-03-20", "", "Age/Sex: 67/M. Biopsy lung.")], None, True),
    ("pt is a", [("note", "2026-03-20", "", "Patient is a 67 y/o female."), ("note", "2026-03-20", "", "Pt: 67 y.o. male")], None, True),
    ("yr old", [("note", "2026-03-20", "", "67yr old lady"), ("note", "2026-03-20", "", "67-yr-old man")], None, True),
    ("age differs", [("note", "2026-03-20", "", "A 67-year-old woman"), ("note", "2026-03-20", "", "a 76-year-old woman")], None, True),
    ("age aged", [("note", "2026-03-20", "", "A woman aged 67"), ("note", "2026-03-20", "", "lady, 76 years of age, with lung cancer")], None, True),
    ("case block", [("note", "2026-03-20", "", "67-year-old woman")], {"age": 45, "sex": "female"}, True),
    ("case block sex", [("note", "2026-03-20", "", "67-year-old woman")], {"age": 67, "sex": "male"}, True),
    ("case ok", [("note", "2026-03-20", "", "67-year-old woman"), ("note", "2026-03-20", "", "DOB 14/05/1958. Mrs Oakes attended.")], {"age": 67, "sex": "female"}, False),
    ("dob differ", [("note", "2026-03-20", "", "DOB: 14/05/1958"), ("note", "2026-03-20", "", "D.O.B. 14/05/1985")], None, True),
    ("dob same formats", [("note", "2026-03-20", "", "DOB: 14/05/1958"), ("note", "2026-03-20", "", "Born 14 May 1958"), ("note", "2026-03-20", "", "date of birth 1958-05-14"), ("note", "2026-03-20", "", "b. 14.05.58")], None, False),
    ("mrn differ", [("note", "2026-03-20", "", "MRN: 448 21 90"), ("note", "2026-03-20", "", "Hospital number 448 21 99")], None, True),
    ("mrn formats", [("note", "2026-03-20", "", "MRN: 448 21 90"), ("note", "2026-03-20", "", "Hosp No. 4482190")], None, False),
    ("uhid", [("note", "2026-03-20", "", "UHID 4482190"), ("note", "2026-03-20", "", "UHID: 4482191")], None, True),
    ("reg no", [("note", "2026-03-20", "", "Reg. No. 448219"), ("note", "2026-03-20", "", "Reg no: 448291")], None, True),
    ("name", [("note", "2026-03-20", "", "Patient: Nora Oakes, DOB 14/05/1958"), ("note", "2026-03-20", "", "Patient: Carla Birch, DOB 14/05/1958")], None, True),
    ("name re", [("note", "2026-03-20", "", "Re: Mrs Nora OAKES"), ("note", "2026-03-20", "", "RE: Mrs Carla BIRCH")], None, True),
    ("name re same", [("note", "2026-03-20", "", "Re: Mrs Nora OAKES"), ("note", "2026-03-20", "", "RE: Nora Oakes DOB 1.1.1950"), ("note", "2026-03-20", "", "Mrs Oakes attended")], None, False),
    ("pronouns", [("note", "2026-03-20", "", "He is well. He walks 2 miles. He takes no tablets."), ("note", "2026-03-20", "", "67-year-old woman")], None, True),
    ("uterus", [("radiology", "2026-03-20", "", "The uterus is enlarged. Ovaries not seen. Lung mass 3 cm."), ("note", "2026-03-20", "", "67-year-old man with lung cancer")], None, True),
    ("prostate", [("radiology", "2026-03-20", "", "Prostate enlarged at 60 cc. Lung mass."), ("note", "2026-03-20", "", "67-year-old woman with lung cancer")], None, True),
    ("hysterectomy", [("radiology", "2026-03-20", "", "Previous hysterectomy. Lung mass 3 cm."), ("note", "2026-03-20", "", "67-year-old man with lung cancer")], None, True),
    ("relatives", [("note", "2026-03-20", "", "67-year-old woman. Her 70-year-old husband came with her. His PSA is raised."), ("note", "2026-03-20", "", "Mother died at 45.")], None, False),
    ("consultant", [("note", "2026-03-20", "", "Mr Smith, consultant surgeon, reviewed this 67-year-old lady.")], {"sex": "female", "age": 67}, False),
    ("trans", [("note", "2026-03-20", "", "67-year-old woman"), ("note", "2026-09-20", "", "68-year-old woman")], None, False),
    ("decade words", [("note", "2026-03-20", "", "a lady in her sixties"), ("note", "2026-03-20", "", "67-year-old woman")], None, False),
    ("wife/husband", [("note", "2026-03-20", "", "67-year-old man. Married, wife is a nurse. She drove him here. She worries.")], {"sex": "male", "age": 67}, False),
    ("mammogram man ok", [("note", "2026-03-20", "", "Gynaecomastia right. 67-year-old man.")], {"sex": "male", "age": 67}, False),
    ("Sex: Female vs Sex: Male", [("note", "2026-03-20", "", "Sex: Female"), ("note", "2026-03-20", "", "Gender - Male")], None, True),
    ("age field", [("note", "2026-03-20", "", "Age: 67 yrs  Sex: F"), ("note", "2026-03-20", "", "Age 76, female")], None, True),
    ("side sticker", [("note", "2026-03-20", "", "Name: OAKES, Nora  NHS 943 476 5919"), ("note", "2026-03-20", "", "Name: OAKES, Nora  NHS 943 476 5870")], None, True),
    ("sex lady vs he", [("note", "2026-03-20", "", "This pleasant lady came today."), ("note", "2026-03-20", "", "This pleasant gentleman came today.")], None, True),
    ("catheter gauge", [("surgery", "2026-03-20", "", "22F three-way catheter, irrigation.")], {"sex": "male", "age": 76}, False),
    ("mother of", [("note", "2026-03-20", "", "A mother of three, 45, with breast cancer.")], {"sex": "female", "age": 45}, False),
    ("organs taken along", [("pathology", "2026-03-20", "", "70-year-old male. Uterus and anterior vaginal wall included. Urothelial carcinoma.")], None, True),
    ("mother of four", [("note", "2026-03-20", "", "A 64-year-old mother of four with gastric cancer."), ("note", "2026-03-20", "", "Male, 64 y.")], None, True),
    ("age after the sex", [("note", "2026-03-20", "", "Female, age 72. Core of the left breast."), ("note", "2026-03-20", "", "A 45-year-old nurse")], None, True),
    ("name alone", [("note", "2026-03-20", "", "Patient: Jonas Lindqvist. Renal mass."), ("note", "2026-03-20", "", "Patient: Erik Sandberg. Renal mass.")], None, True),
    ("initial and title", [("note", "2026-03-20", "", "Mrs Anna Schmidt-Berger, born 3 May 1961."), ("note", "2026-03-20", "", "Mrs A. Berger, DOB 03.05.1961.")], None, False),
    ("retired", [("note", "2026-03-20", "", "67-year-old retired bus driver"), ("note", "2026-03-20", "", "Male, 67 y")], {"sex": "male", "age": 67}, False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "documents", "patient", "expected"), PERSONS, ids=[row[0] for row in PERSONS])
def test_persons(name, documents, patient, expected):
    found = raised(identity_conflicts, documents, patient)
    assert len(found) == int(expected), found
