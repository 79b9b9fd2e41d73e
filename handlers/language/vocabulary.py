"""The words that the reader knows, as data: what people write, by what it does in a sentence.

Everything is written with its diacritics; readers match it with or without. To teach the reader a word, add it to the
right line here (docs/language.md tells more). Sorts without a line here are made by other stages.
"""

from handlers.language.reading import Outcome
from handlers.language.sorts import Said, Sort, Unit


def words_of(text: str) -> frozenset[str]:
    """The single words of a text."""
    return frozenset(text.split())


# Shorthand (rule 16) and common slips: the word, then the ways in which it is written. `kh`, `v` and `tc` depend on
# what stands beside them and are read in spotting.py.
SHORT: dict[str, str] = {
    "mới": "ms",
    "vợ chồng": "vk ck, vck, ck vk",
    "không": "ko, k, hok, hk, khg, kg, hem, hông, hổng, kô, chẳng, chả, khum, hôk, kông",
    "được": "đc, dc, đươc, đuợc, dươc, dược, đựơc, đk, đợc, đưc, đuơc, đươcj",
    "rồi": "r, rùi, ròi",
    "em": "e",
    "người": "ngời, ngưi, ngui, ng, ngừi",
    "xong": "xog, xg",
    "vắng": "vắg, vág",
    "hôm": "hum",
    "qua": "wa",
    "quên": "wên, wen",
    "chưa": "chx",
    "gì": "j",
    "trước": "trc",
    "đang": "đag, dg",
    "nhiều": "nhìu",
    "như vậy": "nv",
    "hủy": "huỷ",
    "xóa": "xoá",
    "khóa": "khoá",
    "luôn": "lun",
    "thôi": "thui",
    "biết": "bik, bít",
    "muốn": "mún",
    "yêu": "iu",
    "cũng": "cx",
    "với": "vs",
    "hẹn": "hẹen",
    "hóa": "hoá",
    "nhưng": "nhg, nma",
    "ừ": "uh",
    "trong": "trog",
    "cổng": "cổg",
}

OUTCOMES: dict[Outcome, str] = {
    Outcome.ALREADY: """đã có, đã có rồi, có rồi, có sẵn, đã có sẵn, đã có tk, đã có tài khoản, có tài khoản
        rồi, có tk rồi, có tk từ trước, đã kích hoạt trước, đã kích hoạt từ trước, kích hoạt từ trước, đã kích
        hoạt trước đó, kích hoạt trước đó, kích hoạt trước rồi, kích hoạt từ trước rồi, đã kích hoạt từ trước
        rồi, đã cài từ trước, cài từ trước, có từ trước, đã có từ trước, đã làm từ trước, làm từ trước, làm rồi từ
        trước, cài rồi từ trước, có rồi từ trước, kích hoạt rồi từ trước, đã kh từ
        trước, đã kh trước, chỉ hướng dẫn, chỉ hướng dẫn thêm, chỉ hướng dẫn lại, chỉ hd, đã có vneid, có vneid
        rồi, đã có định danh, đã kích hoạt sẵn, làm ở xã rồi, làm trên xã rồi, làm ngoài xã rồi, làm ở công an
        rồi, làm trên công an rồi, làm ở trường rồi, làm ở công ty rồi, tự làm rồi, tự cài rồi, tự kích hoạt
        rồi, đã tự làm, đã tự cài, tự làm từ trước""",
    Outcome.ABSENT: """vắng, vắng nhà, đi vắng, vắng mặt, v, khóa cửa, khoá cửa, khóa cổng, khoá cổng, không có
        nhà, không ở nhà, không có ở nhà, không ai ở nhà, không có ai ở nhà, không có ai nhà, không ai nhà,
        không người ở nhà, không có người ở nhà, chưa về, chưa về nhà, chưa đi làm về, đi làm chưa về, chưa có
        ai về, chưa ai về, đóng cửa, cổng khóa, cửa khóa, khóa trái cửa, không ai ra, không ai ra mở, không ai
        ra mở cửa, không ai mở cửa, không ai mở cổng, không ai thưa, không ai trả lời, không thấy ai, không thấy
        ai ở nhà, không thấy ai ra, gọi không ai thưa, gọi không ai ra, gọi không thấy ai, gọi cửa không ai ra""",
    Outcome.REFUSED: """từ chối, tc, không đồng ý, chưa đồng ý, không chịu, không chịu làm, không chịu cài, chưa
        chịu, chưa hưởng ứng, không hưởng ứng, không hợp tác, chưa hợp tác, không muốn làm, không muốn cài, chưa
        muốn cài, chưa muốn làm, không cho cài, không cho làm, không đồng ý cài, chưa đồng ý cài, không đồng ý
        làm, từ chối cài, từ chối làm, chưa đồng ý làm, không chịu kích hoạt, từ chối kích hoạt, không đồng ý
        kích hoạt, không cho vào, không cho vào nhà, không cho em vào, không cho em vào nhà, không cho em làm,
        không cho em cài, không tiếp""",
    Outcome.REVISIT: """hẹn, hẹn lại, hẹn quay lại, hẹn quay lại sau, hl, quay lại sau, hẹn lần sau, hẹn hôm
        khác, hẹn bữa khác, hẹn khi khác, hẹn ngày khác, bảo quay lại, kêu quay lại, bảo quay lại sau, dặn quay
        lại, bảo hôm khác quay lại, đã hẹn, xin hẹn, xin hẹn lại""",
    Outcome.NO_PHONE: """không có điện thoại, không có smartphone, không có đt, chưa có điện thoại, chưa có
        smartphone, không có điện thoại thông minh, chưa có điện thoại thông minh, không có đt thông minh, không
        smartphone, chưa có đt, không dùng smartphone, không dùng điện thoại thông minh, không dùng điện thoại,
        không có máy, không đt thông minh, không điện thoại, không đt, không sử dụng điện thoại, không sử dụng
        smartphone, điện thoại phím, đt phím, máy cục gạch, cục gạch, điện thoại cục gạch, đt cục gạch, dùng cục
        gạch, dùng điện thoại phím, dùng máy cục gạch, dùng đt phím, dùng máy phím, máy bàn phím, điện thoại bàn
        phím, xài cục gạch, xài máy cục gạch, dùng điện thoại cục gạch, không có điện thoại tm, không có đttm""",
    Outcome.NO_CARD: """chưa có căn cước, chưa có cccd, chưa có cc, chưa có thẻ căn cước, chưa có thẻ cccd,
        chưa có căn cước công dân, chưa có căn cước gắn chip, chưa có cccd gắn chip, không có căn cước, không có
        cccd, không có căn cước gắn chip, không có cccd gắn chip, chưa làm căn cước, chưa làm cccd, chưa làm cc,
        chưa làm thẻ căn cước, chưa làm căn cước công dân, chưa làm được căn cước, chưa làm được cccd, chưa cấp
        căn cước, chưa cấp cccd, chưa được cấp cccd, chưa được cấp căn cước, cccd hết hạn, căn cước hết hạn, hết
        hạn cccd, hết hạn căn cước, thẻ hết hạn, căn cước công dân hết hạn, chưa định danh mức 2, chưa định danh
        mức độ 2, chưa có định danh mức 2, chưa có định danh mức độ 2, chưa có mức 2, chưa lên mức 2, chưa định
        danh, chưa có chip, chưa làm định danh mức 2, chưa làm định danh, không có định danh mức 2, chưa có thẻ
        chip, cccd bị hết hạn, căn cước bị hết hạn, hết hạn, bị hết hạn, chưa nhận căn cước, chưa nhận cccd,
        chưa nhận được căn cước, chưa nhận được cccd""",
    Outcome.FAILED: """lỗi, bị lỗi, báo lỗi, lỗi otp, lỗi mạng, lỗi mã, lỗi app, lỗi mật khẩu, không nhận được
        otp, không nhận được mã, không nhận được mã otp, không nhận otp, không nhận mã, không nhận được tin
        nhắn, không có otp, chưa nhận được otp, chưa nhận được mã, chưa nhận được mã otp, không về otp, không về
        mã, otp không về, mã không về, mã otp không về, không thấy otp về, otp chưa về, mã chưa về, không ra
        otp, không nhận đc otp, quên mật khẩu, quên mk, quên pass, quên mã, sim không chính chủ, không chính
        chủ, sim không phải chính chủ, sim chưa chính chủ, mạng yếu, mạng chậm, mạng lag, mạng yếu không vào
        được, mạng chậm không vào được, không vào được, chưa vào được, không cài được, không cài đặt được, chưa
        cài được, chưa cài đặt được, không kích hoạt được, chưa kích hoạt được, không kh được, chưa kh được,
        không làm được, không đăng nhập được, chưa đăng nhập được, không tải được, chưa tải được, không đăng ký
        được, bị treo, treo máy, không cài nổi, không vào được app, không vào được vneid, không nhớ mật khẩu,
        không nhớ mk, không nhớ pass, không nhớ mã, sim khác tên, không quét được""",
}

DONE: dict[Said, str] = {
    Said.INSTALLED: "cài xong, cài đặt xong, cài, cài đặt, cài app, cài vneid, cài đặt vneid",
    Said.DONE: """làm, xong, được, đc, dc, đk, ok, oki, oke, okie, okay, thành công, hoàn thành, hoàn tất, đạt,
        ngon lành, làm mới, làm xong, ok rồi""",
    Said.ACTIVATED: """kích hoạt, kh, k.hoạt, khoạt, kích hoạt xong, kích hoạt mới, kích hoạt thành công,
    kích hoạt vneid""",
}

UNITS: dict[Unit, str] = {
    Unit.PHONE: """máy, máy điện thoại, tk, tài khoản, điện thoại, đt, smartphone, chiếc, cái, em máy, ca,
        trường hợp, tài khoản vneid, tk vneid, tài khoản định danh, thuê bao, tài khoản mức 2""",
    Unit.PERSON: """người, ng, cụ, bác, ông, bà, cô, chú, anh, chị, cháu, cụ bà, cụ ông, bà cụ, ông cụ, người
        dân, người già, người lớn, thanh niên, công dân, nhân khẩu, thành viên, cụ già, người nữa, người
        lớn tuổi, dân, bà con, bạn trẻ""",
    Unit.HOME: "nhà, hộ, gia đình, hộ dân, hộ gia đình, nhà dân, ngôi nhà, căn nhà",
    Unit.COUPLE: """vợ chồng, mẹ con, bố con, ông bà, ba con, cha con, bà cháu, ông cháu, chị em, anh em, mẹ con
        bà cháu, bố mẹ, vợ chồng con cái, hai mẹ con, cô cháu, chú cháu, bác cháu""",
    Unit.MEMBER: "khẩu, nhân khẩu, miệng ăn",
}

# A number before one of these never counts (rule 6); what else stands in the sentence is read as usual.
NEVER_UNITS = """tuổi, phút, p, ph, tiếng, giây, km, %, phần trăm, lần, năm nay, nghìn, triệu, đồng, tháng, giờ
        đồng hồ, đứa, đứa em, đứa mình, anh em mình, đứa bọn em, đứa chúng em, anh em em, chị em em, anh em bọn
        em, mét, m, vnd, độ, vạch, pin, mb, gb, phút nữa, p nữa"""
# A number after one of these never counts: `lần 2`, `mức 2`, `iPhone 7`, `K54`.
NEVER_BEFORE = """lần, lần thứ, mức, mức độ, cấp độ, cấp, iphone, ip, samsung, oppo, xiaomi, vivo, redmi,
        galaxy, nokia, realme, huawei, android, ios, vneid, vnid, phiên bản, version, ver, k, khóa, khoá, lớp,
        tầng, ngõ, ngách, hẻm, kiệt, đường, số nhà, nhà số, phòng, dãy, thứ, quý, tháng, năm sinh, sinh năm, sn,
        tuổi, otp, mã otp, sđt, sdt, số điện thoại, stt, quốc lộ, ql, kênh, sim, lô, ki ốt, bước, đợt, cây số,
        tiểu đoàn, mục, note, win, windows, chung cư"""

PHRASES: dict[Sort, str] = {
    Sort.ALL: """hết, cả, đủ, tất cả, đều, hết rồi, toàn bộ, trọn, cả rồi, hết cả, đi hết, hết lượt, sạch""",
    Sort.EXCEPT: "trừ, ngoại trừ, trừ ra, trừ mỗi, chỉ trừ",
    Sort.LEFT: "còn, còn lại, chỉ còn lại, còn tận, vẫn còn, chỉ còn, còn mỗi, chỉ thiếu, thiếu mỗi, thiếu",
    Sort.VAGUE: """khoảng, tầm, cỡ, độ, chừng, hơn, ngót, xấp xỉ, gần, trên dưới, ước, ước chừng, ước tính, hình
        như, chắc, chắc là, chắc khoảng, có lẽ, không nhớ rõ, áng chừng, đâu khoảng, đâu đó, đâu, tới tầm, non,
        ngót nghét, gần như, trên, dưới, ít nhất, tối thiểu, không rõ, đâu như, khoảng độ, khoảng chừng, tầm
        khoảng, suýt soát, phải đến, phải hơn, được hơn, không dưới, già, gì đó, gì đấy, hay sao ấy, thì phải,
        hơn kém, trở lên, đổ lại, là cùng, chắc tầm, nghe đâu, không nhớ, quên mất, không chắc""",
    Sort.MANY: """vài, nhiều, một số, một vài, dăm, dăm ba, đôi ba, một ít, một loạt, hàng loạt, ai cũng, nhà ai
        cũng, các, rất nhiều, vô số, hàng chục, vài chục, mấy chục, dăm bảy, dăm bẩy, nhiều lắm, khá nhiều, hầu
        hết, đa số, phần lớn, quá nửa, ít, vài ba, năm bảy, mươi, nửa, hơn nửa, gần nửa, một nửa, nửa số, một
        nửa số, quá nửa số""",
    Sort.PLAN: """sẽ, định, dự định, dự kiến, kế hoạch, tính, chuẩn bị, sắp, sắp sửa, sắp tới, lát nữa, tí nữa,
        chút nữa, tẹo nữa, lát, tý nữa, phấn đấu, cố gắng, mục tiêu, hy vọng, hi vọng, xin nghỉ, xin phép, nếu,
        giá mà, tuần sau, tháng sau, lần tới, hôm sau, tuần tới, hôm khác, bữa sau, ngày mốt, khi nào, bao giờ,
        tối em đi, làm tiếp, làm nốt, đi tiếp, đi nốt, phải làm, để mai, tập trung, họp, xin đi, sau đó đi, đăng
        ký, để em, để mình, để tôi, để anh, để bọn em, để chúng em, phân công, nhận, giao, yêu cầu, nhắc, hướng
        tới, lịch""",
    Sort.DOING: """đang, đang làm, đang ở, đang đi, đang trên đường, gần xong, sắp xong, gần hết, gần được,
        chuẩn bị xong, mới bắt đầu, đang cài, bắt đầu, đang chờ, đang hướng dẫn, chưa xong, chưa làm xong, vẫn
        chưa xong, sắp được, gần đủ, đang dở, làm dở""",
    Sort.NEED: """nhớ ghi, nhớ mang, nhớ báo, nhớ nhắc, nhớ hỏi, nhớ chụp, ghi tên, ghi lại tên, lập danh sách,
        cần, nhờ, nhờ ai, cho em xin, cho em hỏi, cho em mượn, cho e xin, cho e hỏi, cho hỏi, em hỏi, xin hỏi,
        hỏi, giúp em với, qua đón em, ai đi, ai rảnh, ai có, ai còn, có ai, bạn nào, anh nào, ai đón, ai đi
        cùng, cho mượn, thiếu người, muốn hỏi, muốn, hộ em với, mượn, phải đón, hỗ trợ em với, xin thêm, chờ,
        đợi, đợi em, ai đó, ai cầm, ai mượn, nhờ anh, nhờ chị, ai giúp, ai""",
    Sort.ASK: """sao, thế nào, như nào, ntn, là gì, làm gì, gì, bao nhiêu, bn, đâu ạ, ở đâu, khi nào, bao giờ,
        mấy giờ, mấy %, mấy phần trăm, hả, à, hay sao, được không, đúng không, phải không, chưa nhỉ, nhỉ, có
        phải, làm sao, vì sao, tại sao, xóm nào, thôn nào, nhà nào thế, hử, chứ nhỉ, có được không, có sao
        không, được ko, dc k, dc ko, dc không, đc không, đc ko, đc k, đc chưa, được chưa, xong chưa, chưa ạ,
        chưa anh, chưa các, đâu rồi, đi đâu, nào thế, thì ghi, thì báo, thì tính, tính là, không nhỉ, có cần,
        tính cho ai, ghi cho ai, của ai, tính vào đâu, ghi vào đâu, tính vào ai, tính vào đợt nào""",
    Sort.TEAM: """cả tổ, cả đội, cả nhóm, cả team, team, cả lớp, cả đoàn, cả lũ, tổ công tác, cả tổ em,
    cả đội em, cả nhóm em,
        cả tổ mình, tổ ta, toàn tổ, toàn đội, toàn đoàn, cả xã, toàn xã, cả hai tổ, mỗi người, mỗi bạn, mỗi
        nhà, mỗi hộ, mỗi máy, mỗi xóm, mỗi thôn, mỗi, trung bình, bình quân, cả hai, cả 2 tổ, cả hai đứa,
        nhóm 2""",
    Sort.OURS: """tổ em, tổ mình, tổ tôi, tổ chúng em, tổ bọn em, đội em, đội mình, đội tôi, nhóm em,
    nhóm mình, team em, team
        mình, tổ chúng mình, bọn em, chúng em, tụi em, bọn mình, chúng mình, tụi mình, xã mình, xã em, lớp
        em, nhóm""",
    Sort.OTHERS: """bạn ấy, bạn, bạn em, báo hộ, bao ho, báo cáo hộ, báo giùm, báo giúp, bc hộ, hộ bạn, nó, đứa
        kia, bên kia, công an, các anh công an, tổ khác, hôm trước, hôm bữa, hôm nọ, bữa trước, bữa kia, hôm đó,
        tuần này, tuần trước, cả tuần, tháng này, cả tháng, đợt này, cả đợt, từ đầu đợt, đầu đợt, đến nay, từ
        hôm qua, hơn hôm qua, kém hôm qua, bằng hôm qua, như hôm qua, so với hôm qua, hơn hôm kia, hơn hqua, kém
        hqua, bằng hqua, gấp đôi, gấp ba, lũy kế, luỹ kế, cộng dồn, tích lũy, từ đầu tuần, từ đầu tháng, từ đầu
        chiến dịch, từ trước đến nay, từ trước tới nay, tính cả hôm qua, cả hôm qua, tuần qua, mấy hôm, mấy
        ngày, mấy bữa""",
    Sort.TOTAL: """tổng, tổng cộng, tổng kết, tổng kết ngày, tổng số, tổng là, chốt, chốt sổ, chốt số, chốt lại,
        chốt ngày, đến h, tới h, cả ngày, cả buổi, cả tối, cả sáng, cả chiều, cả đêm, đến giờ, tới giờ, tính đến
        giờ, từ sáng đến giờ, từ sáng tới giờ, từ chiều đến giờ, từ tối đến giờ, đến lúc này, tính tới giờ, đến
        hiện tại, đến thời điểm này, cả hôm nay, nguyên ngày, suốt ngày, cả buổi tối, cả buổi sáng, cả buổi
        chiều, tổng ngày, từ chiều tới giờ, cộng lại, cộng lại là, vị chi, vị chi là, cả thảy, tất thảy, sum,
        total, tổng kết lại""",
    Sort.ADDED: """thêm, nữa, bù, báo bù, bổ sung, quên báo, à quên, quên chưa báo, chưa kịp báo, mà chưa báo,
        em chưa báo, cộng thêm, quên không báo, sót, còn sót, báo sót, vừa, vừa mới, vừa xong, thêm được, bị
        sót, quên, quên mất, bc bù, quên bc, quên ghi, mới xong, quên báo cáo, báo thiếu, vừa nãy, lúc nãy quên""",
    Sort.FIX: """sửa, sửa lại, sửa lại là, sửa là, sửa số, sửa số máy, sửa số máy thành, sửa máy thành, sửa lại
        số, sửa thành, sửa lại thành, đính chính, đính chính lại, nhầm, báo nhầm, bc nhầm, gõ nhầm, ghi nhầm,
        viết nhầm, nhầm số, báo cáo nhầm, nhắn nhầm, gửi nhầm, bấm nhầm, báo lộn, ghi lộn, gõ lộn, báo sai, ghi
        sai, gõ sai, nhập sai, nhập nhầm, đếm nhầm, tính nhầm, cộng nhầm, nói nhầm, nhầm lẫn, sửa báo cáo, sửa
        giúp, sửa hộ, đếm sai, tính sai, đánh nhầm, nhầm rồi, sr nhầm, nhầm nhầm, à không, à không phải, ấy
        không, ý em là, à lộn, ấy nhầm, à nhầm, sửa từ, chỉnh lại, báo lại""",
    Sort.NOT_THAT: """chứ không phải, chứ không phải là, không phải, không phải là, chứ chẳng phải, chứ đâu
        phải, chứ không""",
    Sort.BUT_THIS: """mà là, thành, mới đúng, đúng là, đúng ra là, đúng ra, thực ra là, thực ra, phải là, chính
        xác là, sang, lên""",
    Sort.UNDO: """hủy, huỷ, xóa, xoá, thu hồi, rút lại, rút, bỏ, hủy bỏ, huỷ bỏ, xóa bỏ, xoá bỏ, bỏ qua, rút báo
        cáo, đừng tính, không tính, khỏi tính""",
    Sort.REPORT: """báo cáo vừa rồi, báo cáo trước, báo cáo lúc nãy, báo cáo vừa gửi, cái trước, cái vừa rồi,
        cái vừa nãy, tin trước, tin vừa rồi, tin vừa nãy, tin nhắn trước, tin nhắn vừa rồi, cái lúc nãy, cái báo
        cáo, tin báo cáo, tin báo, báo cáo, bc, tin nhắn, tin, cái đó, cái ấy, cái này, cái kia, vừa rồi, lúc
        nãy, khi nãy, hồi nãy, vừa gửi, vừa báo, trên kia, ở trên, báo cáo trên, tin trên, tin vừa gửi, cái vừa
        gửi, cái vừa báo, số vừa báo, vừa nay, lúc nay, dòng trên, dòng vừa rồi, bản báo cáo, tin cuối, báo cáo
        cuối, báo cáo cũ, số cũ, tin cũ, số liệu cũ, kết quả cũ, mới gửi, cái mới gửi, báo trùng""",
    Sort.CARRY: """đưa, đón, chở, cõng, dìu, hộ tống, đèo, rước, bế, dẫn, đưa đón, chở giúp, đưa giúp, hỗ trợ
        đưa, hỗ trợ đón, giúp đưa, khiêng, kèm, cáng, đi cùng, tháp tùng, chở hộ, đưa đi, đón đi, chở đi, dẫn
        đi, dắt""",
    Sort.GOAL: """lên xã, ra xã, lên trụ sở, ra trụ sở, tới trụ sở, đến trụ sở, lên ủy ban, ra ủy ban, lên ubnd,
        ra ubnd, ra công an, lên công an, làm căn cước, làm cccd, làm thẻ căn cước, làm cc, đi làm căn cước, đi
        làm cccd, làm căn cước công dân, ra công an xã, lên công an xã, trụ sở, ubnd, lên ubnd xã, ra ubnd xã,
        trụ sở xã, làm định danh, làm định danh mức 2, lên phường, ra phường, làm thẻ, làm tài khoản, đổi căn
        cước, đổi cccd, lấy căn cước, lấy cccd, cấp căn cước, cấp cccd, làm lại căn cước, làm lại cccd, trụ sở
        công an, tới xã, đến xã, về xã, lên huyện, ra huyện""",
    Sort.TALK: """vận động, giải thích, tuyên truyền, thuyết phục, hướng dẫn, tư vấn, phát tờ rơi, khảo sát, rà
        soát, hd, động viên, hỗ trợ, giúp đỡ""",
    Sort.TARGET: """chỉ tiêu, định mức, giao chỉ tiêu, kpi, được giao, trên giao, target, khoán, mới đủ, là đủ,
        chưa đủ, sắp đủ""",
    Sort.TOPIC: """căn cước, cccd, cc, sim, mạng, otp, mã, mật khẩu, mk, thẻ, chip, gắn chip, mức 2, smartphone,
        đăng nhập, bận, mệt""",
    Sort.PARTLY: """trong đó, trong số đó, trong số, trong ấy, gồm, bao gồm, tính cả, kể cả, chưa kể, chưa tính,
        nữa là, vậy là, thế là, thừa, dư, báo thừa, báo dư, ghi thừa, ghi dư, tính thừa, đếm thừa, nhập thừa,
        gửi thừa, thừa ra, bớt, bớt đi, bớt cho em, bớt giúp em, giảm cho em, giảm, giảm đi""",
    Sort.LINK: "nhưng, và, với, còn, mà, cùng, nhưng mà, với cả, lẫn, sau đó, rồi thì, riêng, tuy nhiên, song",
    Sort.RETURN: "quay lại, trở lại, quay lại nhà, qua lại, đến lại, sang lại, quay lại làm",
}

# Words that change nothing beside a number or an outcome. A word that is neither here nor above is unknown, and a
# number beside an unknown word is asked about rather than stored.
FILL = """ghi, bảo, nói, kêu, dạ, vâng, ạ, à, á, ơi, nhé, nhá, nha, nhỉ, nè, nghen, nghe, hén, luôn, thôi, rồi,
        r, roài, òi, nhe, nhen, đấy, đó, ấy, này, nọ, kia, vậy, thế, cơ, kìa, em, e, tôi, mình, anh, a, chị, c,
        cháu, chú, bác, các, mọi người, mn, sếp, thủ trưởng, chỉ huy, đồng chí, đ/c, đc chí, thầy, cô, ad, bot,
        tổ trưởng, đội trưởng, lớp trưởng, trưởng thôn, nhóm trưởng, tổ phó, thưa, kính, kính thưa, kính báo,
        xin, chào, gửi, báo cáo, bc, báo, xin báo cáo, em báo cáo, em báo, để em báo, để em báo cáo, để em gửi,
        để em nhắn, báo kết quả, kết quả, tiến độ, cập nhật, số liệu, tình hình, số lượng, công việc, thông tin,
        ca sáng, ca chiều, ca tối, buổi tối, buổi sáng, buổi chiều, đợt này, thì, là, mà, có, ở, tại, bên,
        trong, ngoài, trên, dưới, của, cho, để, do, vì, nên, bởi, tại vì, vẫn, cũng, đã, mới, chỉ, lại, đi, ra,
        vào, về, sang, qua, lên, xuống, đến, tới, từ, bị, thấy, riêng, cứ, hơi, rất, quá, lắm, ghê, thật, tốt,
        ổn, ngon, vui, mừng, hẳn, tận, mỗi, nhờ, giúp, giúp em, hộ em, hộ, giùm, dùm, với, ok rồi, được rồi,
        cuối, đầu, giữa, cuối xóm, đầu xóm, giữa xóm, cuối ngõ, đầu ngõ, cuối thôn, đầu thôn, trong xóm, trong
        ngõ, trong thôn, ngoài đường, gần đây, ngõ, ngách, hẻm, xã, thị trấn, khu vực, địa bàn, vneid, app, ứng
        dụng, phần mềm, định danh, định danh điện tử, số, số máy, con số, kết thúc, tranh thủ, hiện, hiện tại,
        hiện nay, bây giờ, giờ, h, bh, lúc, lúc này, khi, hồi, xin lỗi, sorry, sr, sory, hihi, hi, haha, hic,
        huhu, hjc, kk, he, hehe, đi nhầm ngõ, đi nhầm nhà, vào nhầm nhà, nhầm ngõ, nhầm nhà, nhầm đường, đi nhầm
        đường, vào nhầm ngõ, nhầm người, nhầm nhóm, gửi nhầm nhóm, đi lạc, gõ cửa, gọi cửa, bấm chuông, cho em,
        nửa tiếng, nửa ngày, nửa buổi, nửa đêm, nửa đường, phấn khởi, nhiệt tình, vất vả, mưa, trời mưa, nắng,
        nóng, mưa to, to, tối muộn, muộn, về muộn, nhà văn hóa, nhà văn hoá, đầy đủ, chính xác, chẵn, tròn,
        đúng, cụ thể, cụ thể là, như sau, chi tiết, danh sách, ds, thành, cùng, cùng với, gia đình, con trai cụ,
        đợi mãi, mãi, tự, giúp đỡ, hoàn toàn, nhanh, chậm, mở, cùng nhau, lượt, hôm, ngày, buổi, tối, sáng,
        chiều, trưa, căn, cả nhà ạ, cả nhà nhé, cả nhà ơi, các bác, các anh, các bạn, các đồng chí, bản thân, cá
        nhân, riêng em, phần em, của em, chia sẻ"""

# The same words about something else are no correction and no withdrawal (rule 10).
ELSEWHERE = """đừng xóa, đừng hủy, đừng bỏ, đừng sửa, đừng rút, đừng thu hồi, không cần xóa, không cần hủy,
        không cần sửa, không phải sửa, không phải hủy, không phải xóa, khỏi xóa, khỏi hủy, khỏi sửa, không hủy,
        không xóa, không sửa, chưa hủy, chưa xóa, sim hết hạn, gói hết hạn, gói cước hết hạn, hết hạn gói, hết
        hạn sim, hết hạn mức, đi sửa, mang sửa, mang đi sửa, đem sửa, đem đi sửa, sửa xe, sửa điện thoại, sửa
        chữa, thợ sửa, tiệm sửa, hủy lịch, huỷ lịch, hủy kèo, hủy buổi, hủy họp, huỷ họp, hủy hẹn, huỷ hẹn, hủy
        tour, xóa app, xoá app, xóa ảnh, xoá ảnh, xóa tài khoản, xóa tk, xóa ứng dụng, xoá ứng dụng, bỏ quên, bỏ
        lỡ, bỏ cuộc, bỏ bữa, bỏ qua bước, bỏ trốn, bỏ app, bỏ máy, bỏ ăn, bỏ đi, sửa máy, sửa sim, giấy hẹn,
        phiếu hẹn, hẹn gặp, hẹn gặp lại, lịch hẹn, trễ hẹn, lỡ hẹn, hẹn hò, đi làm, một mình, một chút, một lúc,
        một tí, một tẹo, xóa danh bạ, xóa nick, hủy đơn, hủy vé, hủy sim, sửa đường, xóa bớt ảnh, rút tiền, rút
        kinh nghiệm, bỏ dở, bỏ sim, bỏ về"""

# Words of one plain form that mean something else with other marks; unmarked they are read as the entry here, but
# with other marks they are unknown. Longer words forgive a wrong mark (`đuợc`).
CONFUSABLE = words_of(
    """vang loi lam can co con may cong thua nham tam hon doi dao moi toi tinh bo do bu hen cho chua nha ban doan chung
    khoang duoi tren cung lang muon dinh nhan giao khong nhieu thieu thanh hang tong them chuan nhung phai
    sang mang dang dung thuong trong ngoai"""
)

# Words that need their marks: without them they are nearly always something else.
EXACT = words_of(
    """hả à hử hỏi giao họp lịch nó lát tính bế kèm dắt rước lai mượn non già cố nhận mỗi nửa mong cỡ mã chờ đợi chở
    thừa dư bớt giảm đúng tròn chẵn"""
)

# Words that other stages know (numbers, days, forms of address): no slips of anything.
OTHER_WORDS = words_of(
    """mot hai ba bon tu nam lam sau bay tam chin muoi chuc ta doi cap ham mai qua kia nay hqua hnay thu nhat cn
    ong bac cu co chu anh chi di cau mo thim duong thay me bo vo chong thon xom tdp khu ap ban lang buon to
    pho tieu ruoi linh le tram dan tan dang lan tinh toan lanh hanh hoa binh minh dong doan doai xuan thanh
    hong ha hoi"""
)

# Small words after which nothing more is said of what stands before them.
POLITE = words_of(
    """a anh chi em nhe nha oi sep vay the chu bac da ta mn r roi luon nua do nay day ah nhi voi thoi va cung o tai
    tren cuoi dau giua trong ngoai ngo ngach xom thon gan ben duong so cai la"""
) | {
    "moi nguoi",
    "cuoi xom",
    "dau xom",
    "giua xom",
    "cuoi ngo",
    "dau ngo",
    "cuoi thon",
    "dau thon",
    "trong ngo",
    "trong xom",
}
