"""Stages, types and grades."""

from __future__ import annotations

from tests.compare.hands import Chart

CHARTS: list[Chart] = [
    ("st cT", ["stage"], [
        ("radiology", "2026-03-02", "MRI", "Rectal cancer mid rectum, cT3 N1."),
        ("note", "2026-03-05", "MDT", "rectal ca cT2 N0"),
    ], {}),
    ("st spoken", ["stage"], [
        ("pathology", "2026-03-02", "", "Sigmoid adenocarcinoma, pT3 pN1a."),
        ("surgery", "2026-03-05", "", "the sigmoid cancer was a p T two N zero"),
    ], {}),
    ("st spoken ok", [], [
        ("pathology", "2026-03-02", "", "Sigmoid adenocarcinoma, pT3 pN1a."),
        ("surgery", "2026-03-05", "", "the sigmoid cancer was a p T three N one a"),
    ], {}),
    ("st group words", ["stage"], [
        ("pathology", "2026-03-02", "", "Lung adenocarcinoma RUL, pT1c pN0 M0."),
        ("oncology", "2026-03-05", "", "right upper lobe lung cancer, pathological stage three A"),
    ], {}),
    ("st group ok", [], [
        ("pathology", "2026-03-02", "", "Lung adenocarcinoma RUL, pT1c pN0 M0."),
        ("oncology", "2026-03-05", "", "right upper lobe lung cancer, pathological stage one A three"),
    ], {}),
    ("st figo", ["stage"], [
        ("pathology", "2026-03-02", "", "Endometrioid carcinoma of the endometrium, FIGO 2009 IB."),
        ("oncology", "2026-03-05", "", "endometrial cancer FIGO stage IA"),
    ], {}),
    ("st figo year paren", ["stage"], [
        ("pathology", "2026-03-02", "", "Cervical squamous carcinoma. FIGO stage (2018): IB2"),
        ("oncology", "2026-03-05", "", "cervical cancer FIGO 2018 IB3"),
    ], {}),
    ("st c vs p", [], [
        ("radiology", "2026-03-02", "", "Lung cancer RUL cT2a N0."),
        ("pathology", "2026-03-05", "", "lung adenocarcinoma RUL pT1c pN0"),
    ], {}),
    ("st yp", [], [
        ("radiology", "2026-03-02", "", "Rectal cancer cT3 N1."),
        ("pathology", "2026-03-05", "", "Rectal adenocarcinoma after chemoradiotherapy ypT2 ypN0."),
    ], {}),
    ("st table", ["stage"], [
        ("pathology", "2026-03-02", "", "| Category | Value |\n|---|---|\n| pT | 2 |\n| pN | 0 |\nBladder urothelial carcinoma"),
        ("oncology", "2026-03-05", "", "bladder cancer pT3a pN0"),
    ], {}),
    ("st kv", ["stage"], [
        ("pathology", "2026-03-02", "", "pt: 3 | pn: 1b | pm: n/a | site: caecum | type: adenocarcinoma"),
        ("oncology", "2026-03-05", "", "caecal cancer pT3 pN2a"),
    ], {}),
    ("st dotted", ["stage"], [
        ("pathology", "2026-03-02", "", "Breast left, IDC\npT ............ 1c\npN ............ 0 (sn)\nGrade ......... 2"),
        ("oncology", "2026-03-05", "", "left breast cancer pT2 pN0"),
    ], {}),
    ("st dotted ok", [], [
        ("pathology", "2026-03-02", "", "Breast left, IDC\npT ............ 1c\npN ............ 0 (sn)\nGrade ......... 2"),
        ("oncology", "2026-03-05", "", "left breast cancer pT1c pN0(sn) G2"),
    ], {}),
    ("st gen sentence", [], [
        ("oncology", "2026-03-02", "", "RUL lung cancer cT1c N0, stage IA3. Patients with stage III disease need chemoradiation."),
    ], {}),
    ("st relative", [], [
        ("oncology", "2026-03-02", "", "RUL lung cancer stage IA3 cT1c N0 M0. Her sister had stage IV breast cancer."),
    ], {}),
    ("st old tumour", [], [
        ("oncology", "2026-03-02", "", "RUL lung cancer cT1c N0. Previous sigmoid cancer pT3 N1 in 2012."),
    ], {}),
    ("st roman", ["stage"], [
        ("oncology", "2026-03-02", "Letter A", "Colon cancer stage II"),
        ("oncology", "2026-03-05", "Letter B", "Colon cancer stage III"),
    ], {}),
    ("st amended", [], [
        ("pathology", "2026-03-02", "", "Sigmoid adenocarcinoma, corrected report: pT3 (previously issued as pT2), pN0."),
        ("oncology", "2026-03-05", "", "sigmoid pT3 pN0"),
    ], {}),
    ("st N word", ["stage"], [
        ("pathology", "2026-03-02", "", "Larynx SCC pT3 pN2b"),
        ("oncology", "2026-03-05", "", "Laryngeal cancer pT3 pN1"),
    ], {}),
    ("st M", ["stage"], [
        ("radiology", "2026-03-02", "", "Sigmoid cancer cT3 cN1 cM1a"),
        ("oncology", "2026-03-05", "", "Sigmoid cancer cT3 cN1 cM0"),
    ], {}),
    ("st melanoma b", ["stage"], [
        ("pathology", "2026-03-02", "", "Melanoma left calf, Breslow 1.4 mm, pT2a"),
        ("oncology", "2026-03-05", "", "Melanoma of the left calf pT2b"),
    ], {}),
    ("hi adeno/scc", ["histology"], [
        ("pathology", "2026-03-02", "", "Lung RUL biopsy: squamous cell carcinoma, p40+."),
        ("oncology", "2026-03-05", "", "lung adenocarcinoma RUL"),
    ], {}),
    ("hi nos", [], [
        ("pathology", "2026-03-02", "", "Lung biopsy RUL: non-small cell carcinoma NOS."),
        ("pathology", "2026-03-05", "Resection", "RUL lobectomy: adenocarcinoma, acinar."),
    ], {}),
    ("hi abbreviated", ["histology"], [
        ("pathology", "2026-03-02", "", "RUL bx: SqCC"),
        ("oncology", "2026-03-05", "", "RUL adenoca, PS1"),
    ], {}),
    ("hi breast", ["histology"], [
        ("pathology", "2026-03-02", "", "Left breast core: invasive lobular carcinoma grade 2"),
        ("oncology", "2026-03-05", "", "left breast NST carcinoma grade 2"),
    ], {}),
    ("hi renal", ["histology"], [
        ("pathology", "2026-03-02", "", "Right kidney: papillary renal cell carcinoma type 1"),
        ("surgery", "2026-03-05", "", "clear cell RCC right kidney"),
    ], {}),
    ("hi title", ["histology"], [
        ("pathology", "2026-03-02", "", "Oesophagus biopsy: squamous cell carcinoma"),
        ("surgery", "2026-03-05", "Lower oesophageal adenocarcinoma - referral", "Please see this man. Weight loss 5 kg."),
    ], {}),
    ("hi lay", [], [
        ("pathology", "2026-03-02", "", "Left breast: invasive carcinoma NST"),
        ("note", "2026-03-05", "", "She has been told it is breast cancer of the ducts."),
    ], {}),
    ("hi components", [], [
        ("pathology", "2026-03-02", "", "Bladder: urothelial carcinoma with squamous differentiation."),
        ("surgery", "2026-03-05", "", "urothelial cancer of the bladder"),
    ], {}),
    ("hi skin other", [], [
        ("pathology", "2026-03-02", "", "Sigmoid adenocarcinoma"),
        ("oncology", "2026-03-05", "", "sigmoid adenocarcinoma. BCC of the nose removed 2018."),
    ], {}),
    ("hi dd", [], [
        ("pathology", "2026-03-02", "", "Sigmoid adenocarcinoma."),
        ("radiology", "2026-03-05", "", "Sigmoid mass, adenocarcinoma versus lymphoma."),
    ], {}),
    ("hi spoken", ["histology"], [
        ("pathology", "2026-03-02", "", "the endometrial curettings show a serous carcinoma full stop p fifty three aberrant"),
        ("oncology", "2026-03-05", "", "endometrioid endometrial cancer"),
    ], {}),
    ("hi sclc", ["histology"], [
        ("pathology", "2026-03-02", "", "Lung: small cell carcinoma, synaptophysin positive."),
        ("oncology", "2026-03-05", "", "NSCLC of the lung, adenocarcinoma"),
    ], {}),
    ("hi continental", [], [
        ("pathology", "2026-03-02", "", "Adenocarcinoma of the prostate, acinar."),
        ("surgery", "2026-03-05", "", "prostate carcinoma"),
    ], {}),
    ("hi german", ["histology"], [
        ("pathology", "2026-03-02", "", "Histology: plate epithelial carcinoma of the oesophagus, keratinizing."),
        ("oncology", "2026-03-05", "", "Adenocarcinoma of the oesophagus"),
    ], {}),
    ("gr gleason", ["grade"], [
        ("pathology", "2026-03-02", "", "Prostate biopsy: Gleason 3+4=7 (grade group 2)."),
        ("surgery", "2026-03-05", "", "Prostate cancer, Gleason 4+3."),
    ], {}),
    ("gr gleason spoken", ["grade"], [
        ("pathology", "2026-03-02", "", "Prostate biopsy: Gleason 3+4=7."),
        ("surgery", "2026-03-05", "", "prostate cancer gleason four plus four"),
    ], {}),
    ("gr gleason ISUP", ["grade"], [
        ("pathology", "2026-03-02", "", "Prostate biopsy: Gleason 3+4=7."),
        ("surgery", "2026-03-05", "", "ISUP 4 prostate cancer"),
    ], {}),
    ("gr isup ok", [], [
        ("pathology", "2026-03-02", "", "Prostate biopsy: Gleason 3+4=7."),
        ("surgery", "2026-03-05", "", "ISUP grade group 2 prostate cancer"),
    ], {}),
    ("gr breast", ["grade"], [
        ("pathology", "2026-03-02", "", "Left breast IDC, grade 3."),
        ("oncology", "2026-03-05", "", "left breast cancer G1"),
    ], {}),
    ("gr diff", ["grade"], [
        ("pathology", "2026-03-02", "", "Sigmoid adenocarcinoma, poorly differentiated."),
        ("oncology", "2026-03-05", "", "well-differentiated sigmoid adenocarcinoma"),
    ], {}),
    ("gr words ok", [], [
        ("pathology", "2026-03-02", "", "Sigmoid adenocarcinoma, G2."),
        ("oncology", "2026-03-05", "", "moderately differentiated sigmoid adenocarcinoma"),
    ], {}),
    ("gr bx vs resection", [], [
        ("pathology", "2026-01-02", "Core biopsy left breast", "IDC grade 2."),
        ("pathology", "2026-02-20", "Left mastectomy", "IDC grade 3."),
    ], {}),
    ("gr bladder", ["grade"], [
        ("pathology", "2026-03-02", "", "TURBT: urothelial carcinoma, high grade, pTa."),
        ("surgery", "2026-03-05", "", "low-grade Ta bladder tumour"),
    ], {}),
    ("gr dotted", ["grade"], [
        ("pathology", "2026-03-02", "", "Histology ....... ductal carcinoma\nGrade ........... 3\nSide ............ left breast"),
        ("oncology", "2026-03-05", "", "left breast grade 1 carcinoma"),
    ], {}),
    ("gr kv", ["grade"], [
        ("pathology", "2026-03-02", "", "type: ductal carcinoma | grade: 3 | breast left"),
        ("oncology", "2026-03-05", "", "left breast grade 1 carcinoma"),
    ], {}),
    ("gr fuhrman", ["grade"], [
        ("pathology", "2026-03-02", "", "Right kidney clear cell RCC, WHO/ISUP grade 3."),
        ("surgery", "2026-03-05", "", "clear cell RCC right, nucleolar grade 2"),
    ], {}),
    ("gr dysplasia", [], [
        ("pathology", "2026-03-02", "", "Sigmoid adenocarcinoma moderately differentiated arising in an adenoma with high grade dysplasia."),
        ("surgery", "2026-03-05", "", "sigmoid adenocarcinoma G2"),
    ], {}),
    ("gr toxicity", [], [
        ("pathology", "2026-03-02", "", "Left breast IDC grade 2."),
        ("oncology", "2026-03-05", "", "left breast IDC grade 2. Grade 3 diarrhoea."),
    ], {}),
    ("gr glioma", ["grade"], [
        ("pathology", "2026-03-02", "", "Left frontal astrocytoma, IDH-mutant, CNS WHO grade 2."),
        ("oncology", "2026-03-05", "", "left frontal astrocytoma grade 4"),
    ], {}),
]
