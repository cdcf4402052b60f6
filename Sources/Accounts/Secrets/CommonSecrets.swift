/// Secrets that an attacker tries first, above all in China: the most frequent ones of leaked lists, and the pinyin of
/// everyday words, offices, greetings and sayings. They are compared in lower case, without punctuation (`SecretRule`).
enum CommonSecrets {
  static let all = Set(text.split(whereSeparator: \.isWhitespace).map(String.init))

  private static let text = """
    password passwd passw0rd pass admin administrator root toor user guest test tester testing demo default
    login welcome letmein master monkey dragon shadow sunshine princess football baseball superman batman
    michael jordan iloveyou ilove loveyou love lovely trustno whatever freedom starwars hello helloworld secret
    changeme changeit computer internet server system manager service operator support office windows microsoft
    google baidu tencent alibaba taobao alipay weixin wechat huawei xiaomi lenovo china beijing shanghai
    chongqing chengdu guangzhou shenzhen tongliang sichuan qwerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm
    qazwsx qazwsxedc qweasd qweasdzxc qwe asd zxc abc abcd abcdef abcabc aaa aaaa bbb xxx qqq www wwwcom flower
    cookie summer winter spring autumn monday friday january december hunter killer soccer hockey george charlie
    thomas robert daniel andrew jessica ashley jennifer nicole hannah baby angel babygirl lovers friend friends
    family mother father sister brother forever always happy lucky money dollar diamond gold silver orange
    banana apple cherry purple yellow black white green blue red pink rose lily tiger lion eagle wolf nihao
    woaini woaini1314 woaini520 wodemima mima mimamima mimashi wangji wobuzhidao buzhidao wode nide women
    zhongguo zhonghua zhongguoren renmin gongheguo gongchandang xinnian xinniankuaile kuaile shengri
    shengrikuaile gongxi gongxifacai facai fadacai caishen pingan pinganfu jiankang xingfu meili laogong laopo
    baobei baobao baba mama gege jiejie didi meimei yeye nainai erzi nver laoshi xuesheng xuexiao daxue zhongxue
    xiaoxue gongsi gongzuo shangban xiaban bangong bangongshi danwei zhengfu zhenzhengfu xianzhengfu jiedao
    xiangzhen cun cunweihui shequ juweihui dangyuan dangzhibu dangqun dangqunfuwu dating fuwu fuwuzhongxin
    bianmin bianminfuwu bianminfuwuzhongxin zhengwu zhengwufuwu zhengwuzhongxin bianminzhan chuangkou yichuang
    zonghechuang gongan paichusuo minzheng shebao yibao hukou shenfenzheng quhao jiaohao quhaoji jiaohaoji
    pingtai xitong guanli guanliyuan caozuo caozuoyuan houtai qiantai wang zhang chen yang huang zhao zhou sun
    zhu guo lin gao luo zheng liang song tang deng feng cao peng zeng xiao tian wangwei zhangwei liwei liuwei
    wangfang zhangfang lifang wanglei zhanglei lilei hanmeimei xiaoming xiaohong xiaoli zhangsan lisi wangwu
    zhaoliu wangmazi liudehua zhoujielun yaoming mayun mahuateng maozedong dengxiaoping aini ainia aiwo
    wozuishuai woshishei woshini woshiwo woshitiancai nishishei nishizhu dashabi shabi caonima tamade wocao
    niubi haha hahaha hehe heihei xixi lala papa yeah okok good goodluck goodboy goodmorning thankyou pass123
    admin888 admin123 admin666 root123 a123456 aa123456 abc123 abcd1234 qwe123 q1w2e3r4 p@ssw0rd pssword pssw0rd
    p4ssword asd123 zxc123 a1b2c3 a1b2c3d4 qq123456 zz123456 ww123456 wo123456 li123456 abc123456 woaini123
    iloveyou520 5201314 1314520 521521 520520 168168 888888 666666 51888 woaiwojia woaizhongguo woaizuguo zuguo
    aiguo aimin weirenminfuwu tiananmen changcheng huanghe changjiang taishan huangshan sanxia xihu bazhong
    fuling wanzhou yongchuan jiangjin bishan dazu hechuan youyang wushan wulong nanchuan rongchang tongnan 密码 口令
    管理员 我爱你 爱你一生一世 我的密码 不知道 忘记了 你好 您好 中国 中华人民共和国 为人民服务 便民服务 便民服务中心 便民服务站 党群服务 党群服务中心 政务服务 政务服务中心 办事大厅 服务大厅 村委会
    居委会 街道办 街道办事处 镇政府 乡政府 公安局 派出所 重庆 重庆市 北京 上海 铜梁 铜梁区 新年快乐 生日快乐 恭喜发财 万事如意 一帆风顺 心想事成 身体健康 平安健康 天天开心 天天向上 好好学习
    好好学习天天向上 芝麻开门 天王盖地虎 宝塔镇河妖 床前明月光 疑是地上霜 举头望明月 低头思故乡 春眠不觉晓 处处闻啼鸟 白日依山尽 黄河入海流 春风不度玉门关 老公老婆 宝贝 爸爸妈妈 一生平安 福如东海
    寿比南山 富强民主 文明和谐 自由平等 公正法治 爱国敬业 诚信友善 不忘初心 牢记使命 不忘初心牢记使命 中国梦 一窗 一窗通办 一窗综办 综合窗口 取号 叫号
    """
}
