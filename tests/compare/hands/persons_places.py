"""Persons, sides and places."""

from __future__ import annotations

from tests.compare.hands import Chart

CHARTS: list[Chart] = [
    ("age words", ["identity"], [
        ("oncology", "2026-03-02", "", "This seventy-three-year-old lady has a left lung cancer."),
        ("surgery", "2026-03-05", "", "52F, left lung ca."),
    ], {}),
    ("age words agree", [], [
        ("oncology", "2026-03-02", "", "This seventy-three-year-old lady has a left lung cancer."),
        ("surgery", "2026-03-05", "", "73F, left lung ca."),
    ], {}),
    ("age block", ["identity"], [
        ("oncology", "2026-03-02", "", "A fifty one year old man with caecal cancer."),
    ], {"age": 67, "sex": "male"}),
    ("age of", [], [
        ("oncology", "2026-03-02", "", "I met this lady of sixty four today with a rectal cancer."),
    ], {"age": 64, "sex": "female"}),
    ("sex conflict", ["identity"], [
        ("radiology", "2026-03-02", "CT", "Clinical: 66F. Right renal mass 4 cm."),
        ("surgery", "2026-03-05", "", "This gentleman has a right renal mass."),
    ], {}),
    ("sex lay", ["identity"], [
        ("note", "2026-03-02", "GP letter", "Thank you for seeing this retired bus driver, a widower of 70, with a bladder tumour."),
        ("surgery", "2026-03-05", "", "70F. Bladder tumour."),
    ], {}),
    ("organ", ["identity"], [
        ("radiology", "2026-03-02", "CT pelvis", "The prostate is enlarged. Bladder mass on the left wall 3 cm."),
        ("surgery", "2026-03-05", "", "This woman has a bladder tumour."),
    ], {}),
    ("dob", ["identity"], [
        ("laboratory", "2026-03-02", "", "DOB 03.04.1958 MRN 441233\nHb 12"),
        ("pathology", "2026-03-05", "", "Patient: born 13.04.1958. Hospital no 441233. Colon biopsy."),
    ], {}),
    ("dob word", ["identity"], [
        ("pathology", "2026-03-02", "", "Date of birth: 3 April 1958. Sigmoid biopsy."),
        ("surgery", "2026-03-05", "", "born on the third of april nineteen fifty nine, sigmoid cancer"),
    ], {}),
    ("dob word same", [], [
        ("pathology", "2026-03-02", "", "Date of birth: 3 April 1958. Sigmoid biopsy."),
        ("surgery", "2026-03-05", "", "born on the third of april nineteen fifty eight, sigmoid cancer"),
    ], {}),
    ("dob american", [], [
        ("pathology", "2026-03-02", "", "DOB 04/03/1958. Sigmoid biopsy."),
        ("surgery", "2026-03-05", "", "DOB 3 April 1958, sigmoid cancer"),
    ], {}),
    ("relatives", [], [
        ("oncology", "2026-03-02", "", "68M. Daughter, 41F, attends. Mother died at 80. Sigmoid cancer."),
    ], {"age": 68, "sex": "male"}),
    ("months infant", [], [
        ("radiology", "2026-03-02", "", "Scan 6 months ago. 55F. Left breast mass 2 cm."),
    ], {"age": 55, "sex": "female"}),
    ("name", ["identity"], [
        ("pathology", "2026-03-02", "", "Patient: KOWALSKI, Anna\nColon biopsy."),
        ("radiology", "2026-03-05", "", "Patient: KOWALCZUK, Anna\nCT colon mass."),
    ], {}),
    ("birthday passed", [], [
        ("pathology", "2026-01-10", "", "67-year-old woman"),
        ("surgery", "2026-02-20", "", "68-year-old woman"),
    ], {}),
    ("dotted ident", ["identity"], [
        ("pathology", "2026-03-02", "", "Name ........ Berger, Ruth\nBorn ........ 12.05.1949\nSex ......... F\nSigmoid biopsy"),
        ("other", "2026-03-05", "", "Name: Berger, Ruth\nBorn: 12.05.1949\nSex: M\nsigmoid ca"),
    ], {}),
    ("record", ["identity"], [
        ("pathology", "2026-03-02", "", "Hospital number 4471902. Colon biopsy"),
        ("radiology", "2026-03-05", "", "MRN: 8820113. CT colon: sigmoid mass."),
    ], {}),
    ("age in past", [], [
        ("oncology", "2026-03-02", "", "She had appendicitis when 12 years old and was 45 when her periods stopped. 66F now, left breast cancer."),
    ], {"age": 66, "sex": "female"}),
    ("uterus in man", ["identity"], [
        ("pathology", "2026-03-02", "", "Sigmoid colectomy. Sigmoid adenocarcinoma 4 cm. Uterus and left ovary attached, uninvolved."),
        ("surgery", "2026-03-05", "", "69M sigmoid cancer"),
    ], {}),
    ("postop prostate removed", [], [
        ("radiology", "2026-03-02", "CT", "66M. Prostate surgically absent. Sigmoid mass 4 cm."),
    ], {"age": 66, "sex": "male"}),
    ("lat words", ["laterality"], [
        ("radiology", "2026-03-02", "CT", "Mass in the right upper lobe 3 cm."),
        ("oncology", "2026-03-05", "", "Squamous cancer of the left lung."),
    ], {}),
    ("lat L/R letters", ["laterality"], [
        ("radiology", "2026-03-02", "", "4cm mass R kidney lower pole."),
        ("surgery", "2026-03-05", "", "L renal tumour 4 cm, for partial nephrectomy."),
    ], {}),
    ("lat title", ["laterality"], [
        ("pathology", "2026-03-02", "Core biopsy right breast", "Invasive ductal carcinoma grade 2."),
        ("radiology", "2026-03-05", "", "Left breast 2 o'clock: 18 mm spiculated mass."),
    ], {}),
    ("lat title ok", [], [
        ("pathology", "2026-03-02", "Core biopsy left breast", "Invasive ductal carcinoma grade 2."),
        ("radiology", "2026-03-05", "", "Left breast 2 o'clock: 18 mm spiculated mass. Right breast clear."),
    ], {}),
    ("lat continental", ["laterality"], [
        ("radiology", "2026-03-02", "", "Finding: in the region of the left kidney a space-occupying lesion of 3,2 cm."),
        ("surgery", "2026-03-05", "", "Patient is admitted for removal of the tumour kidney right."),
    ], {}),
    ("lat lay", ["laterality"], [
        ("note", "2026-03-02", "GP", "She noticed a lump in her left breast."),
        ("radiology", "2026-03-05", "", "Right breast: 22 mm irregular mass at 10 o'clock, BI-RADS 5."),
    ], {}),
    ("lat node other side", [], [
        ("radiology", "2026-03-02", "", "Left breast mass 20 mm. Right axillary node 6 mm, normal."),
        ("pathology", "2026-03-05", "", "Core biopsy left breast: IDC."),
    ], {}),
    ("lat prior contralateral", [], [
        ("radiology", "2026-03-02", "", "Left breast mass 20 mm."),
        ("oncology", "2026-03-05", "", "Left breast IDC. She had a right breast cancer in 2009 treated with lumpectomy."),
    ], {}),
    ("lat relative", [], [
        ("radiology", "2026-03-02", "", "Left renal mass 40 mm."),
        ("surgery", "2026-03-05", "", "Left renal tumour. His father lost his right kidney to cancer."),
    ], {}),
    ("lat table kv", ["laterality"], [
        ("other", "2026-03-02", "Registry", "| Field | Value |\n|---|---|\n| Site | breast, upper outer |\n| Laterality | right |\n| Morphology | ductal carcinoma |"),
        ("radiology", "2026-03-05", "", "Left breast 2 o'clock: 18 mm mass."),
    ], {}),
    ("lat op note", ["laterality"], [
        ("radiology", "2026-03-02", "", "Right colon normal. 3.5 cm mass left kidney upper pole."),
        ("surgery", "2026-03-05", "Operation note", "Robotic right partial nephrectomy. Tumour removed."),
    ], {}),
    ("lat speech", ["laterality"], [
        ("radiology", "2026-03-02", "", "there is a spiculated nodule in the right lower lobe measuring two point four centimetres full stop no nodes comma no effusion full stop"),
        ("surgery", "2026-03-05", "", "lady with a tumour of the left lower lobe for lobectomy"),
    ], {}),
    ("lat melanoma", ["laterality"], [
        ("pathology", "2026-03-02", "", "Skin, left shoulder, excision: melanoma, Breslow 1.2 mm."),
        ("surgery", "2026-03-05", "", "WLE scar right shoulder for melanoma."),
    ], {}),
    ("lat two tumours", [], [
        ("radiology", "2026-03-02", "", "Right renal mass 5 cm. Left renal mass 2 cm, second lesion."),
        ("surgery", "2026-03-05", "", "Right renal tumour for nephrectomy; the left one later."),
    ], {}),
    ("lat patient's right on image", [], [
        ("radiology", "2026-03-02", "", "Image marker on the left. Mass in right breast 18 mm."),
        ("pathology", "2026-03-05", "", "Right breast core: IDC."),
    ], {}),
    ("lat anaesth", [], [
        ("surgery", "2026-03-02", "", "Positioned left lateral. Right VATS lower lobectomy for cancer of the right lower lobe."),
        ("radiology", "2026-03-05", "", "RLL mass 3 cm."),
    ], {}),
    ("lat bilateral ovary", [], [
        ("radiology", "2026-03-02", "", "Bilateral ovarian masses, right 8 cm, left 6 cm."),
        ("pathology", "2026-03-05", "", "Right ovary: high grade serous carcinoma. Left ovary: same."),
    ], {}),
    ("site lobes", ["site"], [
        ("radiology", "2026-03-02", "", "Spiculated mass RUL 3 cm."),
        ("surgery", "2026-03-05", "Bronchoscopy", "Tumour in the right lower lobe bronchus, biopsied."),
    ], {}),
    ("site colon", ["site"], [
        ("surgery", "2026-03-02", "Colonoscopy", "Circumferential tumour in the descending colon."),
        ("radiology", "2026-03-05", "CT", "Ascending colon mass 5 cm."),
    ], {}),
    ("site breast clock", ["site"], [
        ("radiology", "2026-03-02", "", "Left breast 2 o'clock 18 mm mass."),
        ("surgery", "2026-03-05", "", "Left breast, lower inner quadrant cancer."),
    ], {}),
    ("site breast clock ok", [], [
        ("radiology", "2026-03-02", "", "Left breast 2 o'clock 18 mm mass."),
        ("surgery", "2026-03-05", "", "Left breast cancer, UOQ."),
    ], {}),
    ("site bladder dome/post", [], [
        ("surgery", "2026-03-02", "Cystoscopy", "Solid tumour on the dome of the bladder."),
        ("radiology", "2026-03-05", "", "Mass of the posterior wall of the bladder 3 cm, near the dome."),
    ], {}),
    ("site bladder trig vs dome", ["site"], [
        ("surgery", "2026-03-02", "Cystoscopy", "Papillary tumour at the trigone."),
        ("radiology", "2026-03-05", "", "Bladder tumour of the dome, 3 cm."),
    ], {}),
    ("site pancreas", ["site"], [
        ("radiology", "2026-03-02", "CT", "Hypodense mass in the pancreatic tail, 3 cm."),
        ("surgery", "2026-03-05", "EUS", "EUS: lesion of the head of the pancreas, FNA done."),
    ], {}),
    ("site pancreas cyst", [], [
        ("radiology", "2026-03-02", "CT", "Hypodense mass in the pancreatic head, 3 cm. Cyst in the tail 1 cm."),
        ("surgery", "2026-03-05", "EUS", "EUS: mass in the head, FNA. Tail cyst not sampled."),
    ], {}),
    ("site liver seg", ["site"], [
        ("radiology", "2026-03-02", "MRI liver", "HCC in segment 8, 3 cm."),
        ("surgery", "2026-03-05", "", "Resection planned for the HCC of segment 3."),
    ], {}),
    ("site rectum height", ["site"], [
        ("surgery", "2026-03-02", "Colonoscopy", "Tumour of the lower rectum at 4 cm."),
        ("radiology", "2026-03-05", "MRI", "Tumour of the upper rectum 12 cm from the anal verge."),
    ], {}),
    ("site stomach", ["site"], [
        ("surgery", "2026-03-02", "Gastroscopy", "Ulcerated tumour of the antrum."),
        ("radiology", "2026-03-05", "CT", "Thickening of the gastric cardia, tumour."),
    ], {}),
    ("site met vs primary", [], [
        ("radiology", "2026-03-02", "CT", "Sigmoid mass 4 cm. Liver metastasis segment 6, 2 cm."),
        ("surgery", "2026-03-05", "", "Sigmoid cancer with a liver metastasis in segment 6."),
    ], {}),
    ("site prostate", ["laterality", "site"], [
        ("radiology", "2026-03-02", "MRI prostate", "PI-RADS 5 lesion in the left peripheral zone mid gland."),
        ("pathology", "2026-03-05", "", "Adenocarcinoma. Dominant lesion in the right transition zone anterior."),
    ], {}),
    ("site lingula wrap", ["site"], [
        ("radiology", "2026-03-02", "", "Mass in the left lower lobe, 3 cm."),
        ("surgery", "2026-03-05", "", "At bronchoscopy the tumour is seen in\nthe lingula: exophytic and bleeding on touch."),
    ], {}),
]
