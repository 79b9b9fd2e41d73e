"""The phrases by which a message says for whom it reports and whose work it is; `§` is a comrade, `§_` is `nó`."""

import re

S = r"§_?"
ME = r"(?:em|e|minh|tui|tuj|toi|t|to|tau|tao|choa|chau|con|mk|me)"
# Several at once: `Giang và Huy`, `Sơn, Giang với Huy`, `tụi nó`.
ALL = (
    rf"(?:(?:ca )?(?:hai|2|ba|3|may|cac) (?:ban |dua |nguoi |dc )?)?"
    rf"(?:{S}(?: , {S})*(?: ,)?(?: (?:va|voi|vs|cung|\+) {S})+|{S}(?: , {S})+(?= :)"
    rf"|{S} (?:va|voi|vs|cung|\+) (?:ca )?{ME}(?= (?:[:,]|xom|thon|nha|moi|x[0-9])))"
)
AND_ME = re.compile(rf"{S} (?:va|voi|vs|cung|\+) (?:ca )?{ME}$")
US = (
    r"(?:(?:(?:hai|2|ca hai|ca 2) dua )?(?:tui|bon|chung) (?:em|minh|tui|toi|no|choa|to)"
    r"|(?:hai|2|ca hai|ca 2) (?:dua|chi em|anh em|thang|ban)(?: (?:em|minh|tui|toi|no))?)"
)
_NO = r"(?:khong|ko|k|kh|kg|hong|hem|hok|hog|chang|chu|dau)"
_REPORT = (
    r"(?:bao cao|bao|bc|ghi nhan|ghi(?! nho)|nhap|gui|nhan tin|nhan|up|nop|khai|dien|note|report|chuyen|dang|cap nhat)"
)
_FOR = (
    r"(?:(?:ho|giup|gium|dum|thay|cho|ten|luon|ket qua|kq|so lieu|so|nhan|tin|vao|nua|them)(?: (?:phan cua|phan|cua))?)"
)
_HELPING = r"(?:ho|giup|gium|dum|thay)"
_LEADS = (
    r"(?:(?:da|thua|xin|xin phep|cho|de|nen|roi|va|thi|nho bot|bot|oi|mi oi|a|anh|co|lai|cung|"
    r"vua|dang|phai|can|tien) )*"
)
_SOFT = r"(?:(?: (?:nha|nhe|nhen|nghen|voi|a|hi|nua|luon|di|nghe|ha|nho|cai|not|day))+(?= [,.;!:\n]|$))?"


def _one(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?<=\s)|^)(?:{pattern})(?=\s|$)")


WRONG = _one(
    r"nham|lon|nhamm|dinh chinh|sua|sua lai|sai|thuc ra|that ra|hoa ra|moi dung|moi du|dem lai|tinh lai|kiem tra lai"
    r"|xem lai|doc lai|coi lai|nghe lai"
    rf"|(?:chu|cho|chur|che)(?: {_NO})(?: phai)?|{_NO} phai(?: la)?(?: cua)?|tru cho|tru|ay chet|y chet|a {_NO}"
)
ONLY = re.compile(r"\b[0-9]+ (?:may |cai |nha |nguoi )?thoi\b|\bchi (?:co |duoc |dc )?[0-9]+\b")
PARTED = _one(
    r"trong do|trong so do|trong so ay|trong day|chia ra|trong (?:so )?[0-9]+ (?:may|cai)(?: (?:do|ay|nay|kia))?"
)
OF_SO_MANY = _one(r"trong (?:so )?[0-9]+ (?:may|cai)(?: (?:do|ay|nay|kia))?")
# `3 máy ấy tính cho nó chứ không phải của e`
DENIED = _one(
    rf"(?:{ME} )?(?:ghi|bao|nhap|tinh|gui)(?: (?:ho|giup|gium))? (?:nham|lon|sai) (?:cho|sang|qua|ten|cua) {S}"
    r"(?!(?: \S+)* [0-9])|"
    rf"(?:(?:chu|cho|che) )?{_NO} (?:phai )?(?:la )?(?:cua |cho |do )?(?:ban )?(?:{S}|{ME})(?: "
    rf"(?:lam|dau|nha|nhe|nua))*(?!(?: \S+)* [0-9])"
)
# Why somebody else writes for them.
_TROUBLE = (
    r"(?:het (?:pin|mang|tien|dung luong|4g|3g|data|ket noi|dl)(?: 4g| 3g)?|mat mang|sap nguon|"
    r"hong|hu|ban|met|om(?! [0-9])|quen (?:mang |de )?(?:may|dt|dien thoai)"
    r"|de quen (?:may|dt|dien thoai)|lag|lac|do|(?:khong|ko|k|chua) (?:biet )?(?:gui|dung|xai|"
    r"bam|vao|len)(?: \S+)? ?(?:duoc|dc|bot|mang|app)?)"
)
REASON = _one(
    rf"(?:(?:vi|do|tai|boi) )?(?:(?:dien thoai|dt|may|mang|bot|sim)(?: (?:cua|ben))? )?{S} (?:(?:bi|"
    rf"dang|thi|lai|cung|de|nay|toi nay|hom nay|roi) )*{_TROUBLE}(?: (?:roi|mat|nen|ca|qua|luon|"
    rf"o \S+ \S+|cho nen|thanh ra))*"
    rf"|{S} (?:dien thoai|dt|may) (?:(?:bi|da|lai|no|moi) )*"
    rf"(?:roi|rot|be|vo|ngam|tat|hu|hong|sap|do|het|mat|treo|chet)(?: [a-z]+){{0,4}}"
    rf"|(?:(?:vi|do|tai) )?(?:dien thoai|dt|mang|may)(?: cua)?(?: {S}| ban| 2 {S}| hai {S})(?: "
    rf"(?:bi|dang|no))* {_TROUBLE}(?: (?:roi|mat|nen|ca|qua))*"
)
UNABLE = re.compile(_TROUBLE)
OFFICE = _one(rf"(?:thua|theo|duoc)(?: su)? (?:uy) quyen (?:cua|cho) {S}")
# `báo hộ Sơn`, `ghi tên Giang`, `xin báo cáo thay đồng chí Giang`
REPORTS_FOR = _one(
    rf"{_LEADS}(?:{ME} )?(?:(?:xin|xin phep|cho|vua|moi|lai|phai) )*{_REPORT}(?: {_FOR})+(?: "
    rf"(?:ban )?cung to(?: la)?| ban)? (?:{ALL}|{S}){_SOFT}"
    rf"|(?:{ME} )?{_REPORT}(?: {ME}| bot)?(?: {_FOR})* (?:ho|gium|giup|dum) (?:cho )?{S}{_SOFT}"
)
# `Sơn nhờ em báo hộ Lan`: it is for the second.
FOR_A_THIRD = _one(
    rf"{S}(?: (?:cung|co|moi|vua|da|no))* (?:nho|keu|bao|dan|bieu) {ME}(?= {_REPORT} {_HELPING} (?:cho )?{S})"
)
# `Sơn nhờ em báo`, `nó biểu tui nhắn`
ASKS_TO = _one(
    rf"(?:(?:nen|roi|va|thi|do do|ma|vi) )*(?:(?:{ALL}|{S}) )?(?:(?:cung|deu|co|moi|vua|dang|da|no) )*(?:nho|"
    rf"keu|bieu|dan|bao|goi|nhan|goi dien|kiu)(?: (?:noi|nhan|nho|bao))?(?: (?:{ME}|bot))? {_REPORT}(?: "
    rf"{_FOR}| ve| len| lai| bot| {_HELPING})*(?: (?:{S}|ban)(?! (?:la|lam|duoc|dc|[0-9]+)))?{_SOFT}(?! "
    rf"nham| sai| lon)"
    rf"|(?:{S} )nho (?:{ME} )?(?:luon|ho|giup|voi|nha|a)?"
)
# `bạn 78 gửi qua em:`, `Hv72 vừa gọi bảo`
SENDS = _one(
    rf"(?:{ALL}|{S})(?: (?:vua|moi|co|da|lai))*(?: (?:gui|nhan|nt|chuyen|goi|goi dien|alo|ib|nhan tin|zalo))(?: "
    rf"(?:bao|noi|qua|cho|sang|toi|den|lai|ve|tin))*(?: {ME}(?! (?:lam|duoc|dc)))?(?: la)?"
)
# `báo hộ nha`, `em báo luôn`, `mình ghi dùm`
REPORTS = _one(
    rf"{_LEADS}(?:{ME} )?(?:(?:xin|xin phep|cho|vua|moi|lai|phai|bao) )*{_REPORT}(?: (?:ho|giup|"
    rf"gium|dum|thay|luon))+(?: (?:cho )?(?:ban|{S}))?(?! (?:{ME} )?(?:{ME})(?: |$)){_SOFT}"
    rf"|(?:nho|thay) {ME} {_REPORT}|de nghi ghi nhan|de nghi bot ghi nhan|{ME} bao(?= :)|{S} "
    rf"{_NO} (?:tu )?(?:bao|ghi|nhan|gui) (?:duoc|dc)"
)
TOOK_OVER = _one(rf"{S} tu (?:bao|ghi|nhap|gui)(?: (?:roi|duoc|dc|nha|a))*")
# `sửa của Học viên 81 thành`
SET_TO = _one(
    rf"(?:(?:nho|anh|bot|de|phien|giup) )*(?:sua|doi|chinh|sua lai|chinh lai)(?: (?:lai|giup|"
    rf"ho|gium|phan|cua|cho|tin|bao cao|so|{ME}))* {S}(?: (?:la|thanh|lai))*(?: (?:nhe|nha|voi|"
    rf"a|nghen))*"
)
_ANEW = (
    rf"{S}(?: {S})?(?: (?:moi|vua|lai|no|phat hien|thay|bao|noi))* (?:dem|ghi|bao|nhap|tinh) (?:du|thieu|loi)(?: mat)?"
    rf"(?: [0-9]+(?: (?:may|cai))?)?(?: ,)? (?:con|la|thanh|dung ra(?: la)?)(?= [0-9])"
)
COUNTED_ANEW = _one(_ANEW)  # `Trang đếm dư 1, còn 2`
# `Học viên 72 bảo nhầm`, `Sơn nó đếm lại còn`
SAYS = _one(
    rf"{_ANEW}|"
    rf"{S}(?: {S})?(?: (?:moi|vua|lai|no|chinh|co|ra))*(?: (?:bao|noi|keu|la|nhan|nt|nhac|dem lai|"
    rf"dem|kiem tra lai|kiem lai|tinh lai|xem lai|xin loi|la tui|la em|bieu|phan nan|phan|dinh chinh|"
    rf"gui lai|sua))+(?: (?:nham|lon|sai|la|lai|day|roi|con|thieu|voi {ME}|cho {ME}|{ME}(?= noi|"
    rf" la)))*(?: (?:noi|la))?(?! (?:lam|cai|duoc|dc)\b)"
)
# `…, bot sửa giúp em`: says no more of what is right.
PLEA = _one(
    r"(?:(?:nho|nen|thi|phien) )*(?:(?:bot|mi|anh|chi|ad) )?(?:sua|chinh|doi|cap nhat|ghi)(?: lai)?"
    rf"(?: (?:giup|ho|gium|dum|cho))+(?: (?:{ME}|{S}|ban))?{_SOFT}(?= [,.;!\n]|$)"
)
STILL_THE_SUM = _one(
    r"tong (?:van|cung|the la|thi van|chung|cong van)(?: (?:la|the|du))* [0-9]+(?: may)?(?: (?:a|nhe|nha|thoi))*"
)
# `em đi cùng Học viên 72`, `Nam với em`, `Học viên 72 đi chung với em`
_GOES = r"(?:di|lam|dang|cap|vo|vao|nay|toi|hom|qua|con|ghep|cung|chung)"
_WITH = r"(?:cung voi|chung voi|cung|chung|voi|vs|va|theo|cap voi|ghep voi|w|\+)"
TOGETHER = _one(
    rf"(?:(?:{ME}|{US}|minh|nay) )(?:{_GOES} )*{_WITH} (?:ca )?(?:ban )?{S}(?: (?:voi|va|vs) {S})*"
    r"(?: (?:di|lam) chung)?"
    rf"|{S}(?: {_GOES})*(?: (?:voi|va|vs|cung|cung voi|chung voi|theo))+ {ME}(?: (?:di|lam) chung)?(?! [0-9])"
    rf"|(?:cung|chung|voi|cung voi|chung voi|theo) {S}(?: (?:voi|va|vs) {S})*|co {S} (?:di|phu|"
    rf"lam) cung|{S} (?:di cung|phu|giup|cho|dan|ho tro|chi|di voi) {ME}(?: mot tay| 1 tay| xe)?"
)
# `phần ai nấy ghi`, `ai làm nấy báo`, `nhà ai nấy vô`
EACH_THEIR_OWN = _one(
    r"(?:(?:phan|nha|so|may|cua) )?(?:ai (?:\S+ )?(?:nay|nguoi nay)|nguoi nao(?: nguoi)? nay)"
    rf"(?: {_REPORT}| lam| tinh| vo| khai)?"
    rf"{_SOFT}"
)
EACH_REPORTS = re.compile(r"\b(?:bao|bc|gui|nhan|khai|nop)\b")
WE = _one(rf"{US}(?: {ME})?|{S} (?:va|voi|vs) {S}")
EACH = re.compile(
    r"\b(?:moi (?:nguoi|dua|ban|thang|ng|em)|chia doi(?: moi (?:dua|nguoi|ban))?)"
    r" (?:(?:duoc|dc|lam|la) )*([0-9]+)(?! nua)"
)
_DOES = (
    r"(?:lam|om|cai|man|mần|duoc|dc|xong|kich hoat|lo|xu ly|hoan thanh|ghe|quay|kiem|mot|hai|ba|"
    r"bon|bay|tam|chin|co|vang|vao|o|ben|hom|toi|thi|con|[0-9]+|xom|thon|to|ap|khu|nha|va|cung|"
    r"vua|moi|da|dang|them|:)"
)
# The sender as the one who did it.
_I = r"(?:em|e|minh|tui|tuj|toi|choa|mk|t|tau|tao|to)"
OWN = _one(
    rf"(?:la |do |chinh ){_I} (?=lam\b)|(?:con |cua |phan |phan cua |bao cua |bao cao cua |tong "
    rf"cua |cho |rieng |ca phan |ca |thi |la |tinh cho )+{_I}(?: nua| nay| thi| nay toi)?(?! "
    rf"{S})|(?:con |thi )*{_I}(?: (?:thi|cung|vua|da|moi|tu|nay|di|chi))*(?= (?:van|lam|lm|cai|man|om(?= [0-9])|"
    rf"duoc|dc|xong|kich hoat|lo|[0-9]+|mot|hai|ba|bon)\b)|{_I}(?= (?:chua|khong|ko|k) )"
)
# `em ghé lấy luôn tiện cài 1 máy`, `mình ôm 1 máy`: whoever writes is the subject.
I_AT_FIRST = re.compile(
    r"^(?:(?:con|thi|nen|roi|va|ma|sau do|xong|luc do|rieng) )*(?:em|e|minh|tui|tuj|toi|mk|tau|tao)"
    rf"(?= (?!(?:ay|do|kia|ho|be|gai|trai|voi|vs|va|cung|chung|{S}|nho|gap|bao|ghi|nhan|gui)(?: |$)))"
)
I_NEAR_A_NUMBER = re.compile(
    r"(?:(?<= con)|(?<= may)|(?<= cai)) (?:em|e|minh|tui|tuj|toi|mk|tau|tao)(?= \S+ [0-9]+ (?:may|cai))"
)
# `Huy ốm, xóm 5 em làm thay`: the sender's
INSTEAD = _one(
    rf"(?:nen |thi |de )*{_I}(?: (?:phai|di|da|cung|moi))* (?:lam|cai|di|man|lo|ganh)(?: (?:luon|"
    rf"ho|thay|giup|gium|dum|ca))+(?: (?:phan|viec|cho|phan viec))*(?: (?:cua )?{S})?"
    rf"|{_I}(?: (?:vua|dang|di|da|phai|moi|lai|cung))* (?:thay|truc thay|lam thay|di thay)(?: (?:ca|phan|viec|buoi))*"
    rf"(?: cho)? {S}"
)
# `Sơn đi thay Giang`: the second did nothing.
IN_PLACE_OF = _one(rf"{S}(?: (?:di|lam|truc|vua|den|dang))* thay(?: (?:cho|ca|phan|buoi))* {S}")
# `em thấy Trang báo 2 máy nhà bà Hoa rồi`: theirs, and told by themselves.
THEY_TOLD = _one(
    rf"(?:{ME} )?(?:thay|nghe|biet) {S}(?: (?:da|tu|moi|vua))* (?:bao|ghi|nhap|gui|khai) (?:[^ ,.;]+ )*?(?:roi|r)"
    r"(?= [,.;\n]|$)"
)
AWAY = _one(
    rf"{S} (?:(?:bi|da|xin|hom nay|nay|toi nay|lai) )*(?:vang|nghi|om(?! [0-9])|ban|ve|khong di|ko di|k "
    rf"di)(?: (?:hom nay|toi nay|nay|roi|phep|som|duoc|nha|que))*"
)
# `em nhờ Trang qua phụ`, `Huy chụp hình giùm em`: a hand, and no work of theirs.
HELPS = _one(
    rf"(?:{ME} )?(?:nho|ru|keu|goi) (?:{S})(?: (?:qua|toi|sang|vo|vao|di|den|chay|lai))* "
    rf"(?:phu|giup|ho tro|giu|soi|dich|cam|chi|phien dich)(?: (?:{ME}|mot tay|1 tay|them|mot chut|voi))*"
    rf"|{S}(?: (?:qua|toi|sang|vo|vao|di|den|chay|lai|vua|co|cung|moi))* "
    rf"(?:phu|ho tro|chup|soi|cam|dich|phien dich|giu|dat)(?: (?!{ME})[a-z]+){{0,3}}(?: (?:cho|giup|gium|ho|dum))? {ME}"
    rf"|co {S} (?:lam chung|chung kien|o do|di theo|biet)"
)
# `Học viên 78 nghỉ ốm nên chỉ có mình em`: whoever was not there did nothing.
NOT_THERE = _one(
    rf"{S} (?:(?:bi|da|xin|hom nay|nay|toi nay|lai|thi) )*(?:nghi|ve que|khong di|ko di|k di|vang mat)"
    r"(?: (?:hom nay|toi nay|nay|roi|phep|som|duoc|nha|om|met|benh|hoc|ca|di))*"
)
# `Sơn vừa khoe được 15 máy`: hearsay, which nobody asked to have written down.
HEARSAY = _one(rf"{S}(?: (?:vua|moi|cu|lai|toi nay|hom nay|no))* (?:khoe|do|thach|than|che|doan|mo)\b(?! [0-9])")
# `trừ cho em 1 máy`: what is taken away is no work of the sender's.
TAKES_OFF = _one(
    rf"(?:bot |nho bot |nho )*(?:tru|bot|giam)(?: (?:cho|cua|di|ben))* {ME}(?: di)? [0-9]+(?: (?:may|cai|nha))?"
)
_PLEASE = r"(?:giup|gium|ho|dum|nhe|nha|voi|vs|em|e|minh|di|a|bot|luon|cai)"
_OF = (
    r"(?:con|phan|phan cua|phan viec cua|cua|bao cua|bao cao cua|tong cua|kq cua|ket qua cua|"
    r"cho|tinh cho|tinh sang cho|rieng|ca|ca phan|la|la cua|do|thuoc|ghi cho|chuyen cho|chuyen "
    r"sang|sang|moi thu cua)"
)
THEIRS = _one(rf"(?:{_OF} )*{S}")
CLAIMS = _one(
    rf"(?:la |do |la do |la cua |cua |thuoc |tinh cho |tinh sang cho |chuyen cho |chuyen sang "
    rf"cho |ghi cho |la phan |phan cua )+(?:thang |con |ban )?{S}(?: (?:lam|cai|man|lam co|chu|"
    rf"co|day|do|ma|nha|nhe|a|lam day|dung ra|nghen|het|roi|moi dung))*"
    rf"|{S} (?:lam|cai|man)(?: (?:day|do|chu|co|ma|nha|nhe|a|roi|het|thay))*(?= [,.;\n]|$)"
)
# `là của HV 78 chứ không phải của em, chuyển sang cho bạn ấy giúp em`: the same once more.
MOVE_IT = _one(
    rf"(?:bot |nho bot |anh |chi )*(?:chuyen|doi|sua|sang|tinh)(?: (?:lai|sang|qua|ten|phan|so|het))* cho"
    rf" (?:thang |con |ban )?{S}(?: {_PLEASE})*"
)
COUNTS = re.compile(
    r"(?<![0-9.:/])[0-9]+(?![0-9:/h])|\b(?:mot|hai|bon|bay|tam|chin|muoi|chuc|vang|khoa|tu choi|"
    r"tc|hen|loi|xong|dang ky|chua co|khong co)\b"
)
PLACE = re.compile(
    r"\b(?<!truong )(?<!moi )"
    r"(?:(?:xom|thon|ap|khu|to|doi|tdp|lang|ban|buon) (?:so )?(?:[0-9]+|[a-z]+)|(?:xom|thon|x|th|t) ?[0-9]+)\b"
)
THEIR_PART = re.compile(rf"\b(?:phan|bao cao|ket qua|tong|cua)(?: cua)? {S}")
SUMMED = re.compile(r"\b(?:tong|chot|cuoi buoi|cuoi ngay|ca ngay|ca toi|ca buoi|tong cong|vi chi|het thay)\b")
POINTS = re.compile(
    r"\b(?:do|day|ay|kia|vua roi|vua bao|ban nay|hoi nay|luc nay|nay bao|khi nay|em bao|moi bao|vua ghi)\b"
)
# `à không, 3 máy đấy của em`: of whoever was reported for last.
MINE = _one(
    rf"(?:do|day|ay|kia|vua roi|ban nay|hoi nay|nay)(?: (?:moi|la|thi|thuc ra|dung ra))* cua "
    rf"{ME}|(?:la |moi la )cua {ME}|(?:do|day|ay|kia)(?: (?:moi|thi|thuc ra|dung ra))* (?:la |do ){ME} (?:lam|cai|man)"
)
# `1 trong 3 máy đó`, `trong 3 máy đó có 1 máy`
PART_OF = re.compile(
    r"\b(?P<part>[0-9]+)(?: (?:may|cai))? trong (?:so )?(?P<all>[0-9]+) (?:may|cai)\b"
    r"|\btrong (?:so )?(?P<whole>[0-9]+) (?:may|cai)(?: (?:do|day|ay|kia|nay))?(?: (?:thi|co|,))*"
    r" (?P<some>[0-9]+) (?:may|cai)\b"
)
WITH = _one(
    rf"(?:di )?(?:cung|chung|voi|vs|cung voi|chung voi|cap voi|ghep voi|di theo|theo) {S}(?: (?:voi|va|vs) {S})*"
)
AT_A_HOME = re.compile(r"\bnha (?:ong|ba|bac|co|chu|anh|chi|cu|di|o|mu|me|em|thay|thim|mo|duong)\b")
ON_A_DAY = re.compile(rf"{S} (?:hom nay|hnay|toi nay|hom qua|ghe|quay|thi|:)")


# Why a comrade does not report themselves: `Học viên 72 máy hết pin nên nhờ em báo hộ: …`.
_PHONE = r"(?:máy|may|đt|dt|điện thoại|dien thoai)"
_WHY_ASKED = re.compile(
    rf"[ ,]+(?:{_PHONE} )?(?:(?:bị|bi|vừa|vua|mới|moi|đang|dang|sắp|sap|thì|thi) )*"
    r"(?:hết|het|sập|sap|mất|mat|hỏng|hong|lag|đơ|do|yếu|yeu|tắt|tat)"
    r"(?: (?:pin|nguồn|nguon|sóng|song|mạng|mang|tiền|tien))?"
    rf"(?: {_PHONE})?(?=[ ,]+(?:(?:nên|nen|mới|moi|lại|lai|thế là|vậy nên) )*(?:nhờ|nho)\b)",
    re.IGNORECASE,
)


def without_why(text: str) -> str:
    """The words without why somebody asked to be reported for: their own phone is no resident's."""
    return _WHY_ASKED.sub("", text, count=1)
