# ruff: noqa: E501, RUF001, SIM905
"""The small words that every sentence of a language is held together by, for some forty languages in Latin letters."""

_OF_EACH_LANGUAGE = {
    "Afrikaans": "as dat die dit en gee het hierdie hom hy in is kan met my na nie om op sal so te toe van vir was wat word",
    "Albanian": "apo as ata ato dhe do e edhe është i janë ka kam kjo ky kur me më mund na nga nëse në nuk një për po pa që sa se si të unë",
    "Azerbaijani": "amma bir bu biz bütün da də daha deyil edir et heç həm hər ilə isə kimi mən nə olan olur onu o sonra sən üçün var və ya yox zaman",
    "Basque": "bai baina baita baino bat bere da dago dira du edo egin eta ez ezin hau hori horrek izan nahi non oso zen",
    "Catalan": "a al amb aquest aquesta com de del dels el els en és es està ha i la les més no o per però que quan se si sense són un una",
    "Croatian": "a ali bi bez bih bio da do ga i ili ima iz je jer još kad kada kako kao koja koje koji mi na ne nego nije o od ova po pod pri s sa samo se su što ta to u uz već za",
    "Czech": "a aby ale ani asi by být co do i já jak jako je jeho jen její jsem jsou k kde když která který ma mi na nebo nej než o od po podle pro proti při s se si tak také to už v ve však z za že",
    "Danish": "af alle at blev da de den der det du efter eller en er et for fra han har hun hvad hvis hvor i ikke jeg kan man med men mig når og også om op på sig skal som så til ud var ved vi vil",
    "Dutch": "aan als bij dan dat de deze die dit door een en er het hij hoe ik in is je kan maar met moet naar niet nog of om ook op over te tot uit van voor was we wel wordt worden zijn zo",
    "English": "a about after all also am an and any are as at be because been before but by can could do does for from had has have how i if in into is it its just me my no not now of off on only or our out over so some than that the their them then there these they this those to too up us use was we were what when where which while who why will with would you your",
    "Esperanto": "al ankaŭ aŭ de du ĉar ĉe ĉi ĉu el en estas ĝi ili ke kaj kiam kiel kiu kun la mi ne ni per pli por povas se sed sur tio unu",
    "Estonian": "aga ei ega et ja juba kas kes kui kuid ka ma me mis ning nii oli olla on pole see seda siis ta te tuleb või välja üle",
    "Filipino": "ako ang ano at ay dahil din hindi ito ka kapag ko kung lang lahat mga mo na nang ng ngunit ni pa para po sa sila siya yung",
    "Finnish": "ei eikä en että he hän ihan ja jo joka jos kanssa koska kuin kun kuten me mikä mitä mukaan mutta myös ne niin nyt ole oli olla on ovat pitäisi se sen siitä sitä tai tämä vaan vain voi",
    "French": "à au aux avec c ce ces cette ci comme d dans de des du elle en est et être il ils j je l la le les lors lorsque mais me n ne nous on ou où par pas plus pour qu quand que qui s sa sans se si son sont sur un une vous",
    "German": "aber als am an auch auf aus bei bin bis das dass dem den der des die dies diese doch durch ein eine einem einen einer es für hat ich im in ist ja kann kein keine man mit nach nicht noch nur oder sich sie sind so über um und uns von vor war was wenn werden wie wir wird zu zum zur",
    "Hindi": "aur bhi ek hai hain ho hota jab kar karna ke ki ko koi kya lekin mein me na nahi nahin par raha se tha thi to toh wala ye yeh",
    "Hungarian": "a az be csak de egy el és ez ezt ha hogy is itt kell le lehet ki meg mert mi mint nem ne ott s sem van vagy volt",
    "Icelandic": "að af aftur allt eða ef eftir ekki ekkert en er ég frá fyrir hann hefur hún hvað í með mér mig nú og sem sé svo til um upp út var við vil það þá þær þegar þeir þessi þetta",
    "Indonesian": "ada adalah agar akan aku apa atau bahwa bisa dalam dan dapat dari dengan di harus ini itu jika juga kami karena ke ketika lebih oleh pada saat saya sebagai sudah tetapi tidak untuk yang",
    "Irish": "agus an ar as ach bhí de do go i is le na ní níl nuair ó sé sí tá",
    "Italian": "a ad ai al alla anche c che chi ci come con da dal dalla dei del della delle di dopo e è gli ha i il in io l la le lo ma mi nel nella non o per più quando quello questa questo se si sono su un una",
    "Kurdish": "bi de di e ew ez ji jî ku li ma me ne nû te tu û wê wî ya ye yê",
    "Latvian": "ar arī bet bez būt bija es gan ir jo ja ka kā kad kas lai ne no nav pa par pēc pie tas tikai tiek un uz vai var viņš",
    "Lithuanian": "ar arba bei bet bus būti buvo dėl iki ir iš į jei jis kad kai kaip kas ne nes nėra nuo o per po su tai tik toks už yra",
    "Malagasy": "ary azo aho amin dia fa fotsiny ho hoe izay izy ka mba misy ny no na noho raha sady satria sy tsy",
    "Norwegian": "at av både da de den denne der det du eller en er et etter for fra han har hva hvis hvor i ikke jeg kan med men når og også om opp på seg skal som så til ut var ved vi vil være",
    "Polish": "a ale ani by być co czy dla do gdy go i ich ja jak jako je jego jej jest już jeśli ma na nad nie o od oraz po pod przez przy są się tak ten to tylko w we z za że żeby",
    "Portuguese": "a ao aos as com como da das de do dos e é ela ele em entre esta este eu foi há isso mas na não nas no nos o os ou para pela pelo por quando que se sem ser seu são sua também um uma",
    "Quechua": "chay chayqa icha ima kay manam mana kachkan kanku ñuqa ñuqaqa pata paykuna qam tukuy",
    "Romanian": "a acest această ai al ale am ar au ca care că ce cu cum da dacă dar de din este fi în la mai nu o pe pentru prin sau se si și sunt să un una unde",
    "Slovak": "a aby aj ako ale alebo ani by byť čo do i ja je jeho k kde keď ktorá ktorý ma na nie o od po pod pre pri s sa si sú tak to už v vo však z za že",
    "Slovenian": "a ali bi bil biti da do ga in iz je jih kaj kako kadar ker ki ko lahko le na naj ne ni o ob od pa po pod pri s se so ta tako tem to tudi v z za že",
    "Somali": "aan aad ah ama ay ayaa ayuu iyo in inuu ka kale kama ku la laakiin ma marka mar oo si soo u uu waa waxaa waxaan",
    "Spanish": "a al como con cuando de del desde donde el ella en entre es esta este esto ha hay la las le lo los más me muy no o para pero por que qué se si sin sobre son su sus también un una y ya",
    "Swahili": "ambayo au bila cha hii hiyo huu ina ili kama katika kutoka kwa kwamba la lakini na ni sana si wa ya yake yangu za",
    "Swedish": "alla att av men de den det där då efter ett från får för ha har hur i inte jag kan kommer man med mot något när och om på sig ska skulle som så till under upp var vi vid är",
    "Turkish": "ama ancak bana ben bir biz bu çok da daha de değil diye en gibi hem her ile için ise kadar ki mi mı mu ne neden nasıl o olan olarak olduğu sonra şu ve veya var ya yok zaman artık bile böyle bütün fakat göre hala hep hiç hiçbir kez önce sadece şey tekrar tüm",
    "Uzbek": "agar ammo bilan bir biz bo bor bu ekan emas edi esa faqat ham hech hamma har keyin kerak kim lekin men mumkin na nima qilib shu uchun u va yo yoki yana",
    "Vietnamese": "bị các cái cho chỉ có của cũng đã đang để đến đi được hay hoặc khi không là lại làm lên mà một này nên nếu như nhưng những ra rất sẽ tại thì tôi trên trong từ và vào về với",
    "Welsh": "a ac ar ond at am beth bod bydd chi ddim dim ei eu er fe fel gan gyda hi hyn i mae mewn mi ni nid neu o oedd oes os pan pob roedd sydd sy un wedi wrth y yn yr",
    "Zulu": "bese futhi kanye kuphela kodwa kakhulu kufanele kule la lapho le lo manje nje noma nge ngoba njengoba ngaphandle uma ukuthi ukuze yini yona",
}

FUNCTION_WORDS = frozenset(word for words in _OF_EACH_LANGUAGE.values() for word in words.split())
"""Articles, prepositions, pronouns and the like; of a text in any of these languages they are a seventh at the least in a ticket."""

FILLER = frozenset((
    "accumsan ad adipiscing aenean aliqua aliquam aliquip amet anim arcu aute augue bibendum blandit cillum commodo condimentum "
    "consectetuer consectetur consequat cubilia culpa cupidatat curabitur dapibus deserunt diam dolor dolore donec duis ea "
    "egestas eget eiusmod eleifend elit enim eros esse est euismod ex excepteur exercitation fames faucibus felis feugiat fugiat "
    "fusce gravida habitant hendrerit id imperdiet incididunt integer interdum ipsum irure justo labore laboris laborum lacinia "
    "lacus laoreet lectus ligula lorem luctus magna malesuada massa mattis mauris metus minim molestie mollit morbi nec neque "
    "netus nibh nisi nostrud nulla nullam nunc occaecat odio officia orci ornare pariatur pellentesque phasellus posuere praesent "
    "pretium proident purus qui quis quisque reprehenderit rhoncus risus sagittis sapien sed senectus sint sit sollicitudin sunt "
    "suspendisse tempor tempus tincidunt tortor tristique turpis ullamco ultrices ut vel velit venenatis veniam vestibulum vitae "
    "vivamus viverra volutpat voluptate vulputate"
).split())  # fmt: skip
"""The words of “lorem ipsum”, which printers and designers set where the text is still to come."""
