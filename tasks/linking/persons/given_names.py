"""Given names that may be one: spellings from other scripts, and short forms."""

from collections.abc import Mapping
from types import MappingProxyType

_SPELLINGS = """
muhammad mohammed muhammed mohammad mohamed mohamad muhamad mahomed mohd mehmet mohammadu
yusuf yousef youssef yousuf yousif yusef yousaf youcef
ahmad ahmed achmad ahmet
husayn hussein hussain husain hossein hosein husein hussien
hasan hassan
abdullah abdallah abdulla abdollah
abdul abdel abdal abdol abd
abdulrahman abdelrahman abdurrahman abderrahmane
ibrahim ebrahim ibrahima
ismail ismael esmail ismaeel esmaeil
umar omar omer
usama osama oussama
khalid khaled
said saeed saeid sayid
mustafa mostafa moustafa mustapha
mahmud mahmoud mahmood
nuri nouri noori
jamal gamal djamal
walid waleed
rashid rasheed rachid
hamid hameed
karim kareem
salih saleh
sulayman suleiman sulaiman soleiman suleyman
faysal faisal feisal
tariq tarek tarik
zalmay zalmai
ashraf achraf
hikmatullah hekmatullah
sergei sergey serguei sergej
dmitri dmitry dmitriy dimitri dmitrij
alexei alexey aleksei aleksey alexej
aleksandr alexander alexandr oleksandr aleksander alexandre alejandro
mikhail michail mikhael
vladimir volodymyr wladimir
yuri yury yuriy iurii jurij
andrei andrey andrej andriy andrii
nikolai nikolay mykola nikolaj
yevgeny evgeny yevgeni evgeni evgenij
igor ihor
oleg oleh
viktor victor
valery valeri valeriy valerii
vitaly vitaliy vitali vitalii
anatoly anatoliy anatoli
gennady gennadiy hennadiy
pyotr petr petro
konstantin constantine kostiantyn
maxim maksim maksym
maria mariya mariia
nawaz navaz
"""
_SHORT_FORMS = """
abraham abe
albert al bert
alexander alex sandy sasha
alexandra alex sandra sasha
alfred al fred
andrew andy drew
anthony tony
antonio tony
antony tony
barbara barb
benjamin ben benny
bernard bernie
catherine cathy kate katie
charles charlie chuck
christian chris
christina chris tina
christopher chris
daniel dan danny
david dave
deborah deb debbie
donald don donny
douglas doug
edmund ed eddie ted
edward ed eddie ned ted
elizabeth beth betsy betty liz lizzie
eugene gene
francis frank
franklin frank
frederick fred freddy
geoffrey geoff
george georgie
gerald gerry jerry
gerard gerry
gregory greg
harold hal harry
henry hank harry
jacob jake
james jim jimmy jamie
jeffrey jeff
jennifer jen jenny
jerome jerry
john jack johnny
jonathan jon
joseph joe joey
joshua josh
katherine kate kathy katie
kenneth ken kenny
lawrence larry
leonard len lenny
louis lou
margaret maggie meg peggy
martin marty
matthew matt
maximilian max
michael mike mick
mitchell mitch
nathan nate
nathaniel nate
nicholas nick
nikolaus niko
patricia pat patty tricia
patrick pat paddy
pamela pam
peter pete
philip phil
phillip phil
raymond ray
rebecca becky
richard dick rich rick ricky
robert bob bobby rob robbie
ronald ron ronnie
russell russ
samantha sam
samuel sam sammy
stanley stan
stephen steve
steven steve
susan sue susie
terence terry
theodore ted teddy theo
theresa terry
thomas tom tommy
timothy tim
victoria vicky
vincent vince
walter walt
william bill billy will
zachary zach
"""
_LATIN_SPELLINGS = """
catherine katherine kathryn catharine
eric erik
geoffrey jeffrey
jon john
karl carl
marc mark
philip phillip philippe
stephen steven stefan
teresa theresa
anthony antony
"""


def _groups() -> dict[str, frozenset[str]]:
    """Return, for each name, the first names of the lines on which it stands."""
    found: dict[str, set[str]] = {}
    for line in (_SPELLINGS + _SHORT_FORMS + _LATIN_SPELLINGS).split("\n"):
        for name in line.split():
            found.setdefault(name, set()).add(line.split()[0])
    return {name: frozenset(heads) for name, heads in found.items()}


GROUPS: Mapping[str, frozenset[str]] = MappingProxyType(_groups())
"""A given name, folded, to the groups it is of; two names that share one may be one person's."""
