#include "mql4.hpp"

#line 3 "Include/support.mqh"
#define SUPPORT_V1_ONE (1)


#line 7 "Include/declarations.mqh"
#define DECLARATIONS_V1_NAME (MQL_S("declarations // not a comment"))

#line 8 "Include/declarations.mqh"
#define DECLARATIONS_V1_LIMIT (64)

#line 9 "Include/declarations.mqh"
#define DECLARATIONS_V1_LEAST ( -1)

#line 10 "Include/declarations.mqh"
#define DECLARATIONS_V1_HALF (0.5)

static const MqlArray<int>& DECLARATIONS_V1_TABLE=[]()->const MqlArray<int>& { static MqlArray<int> table; static const int elements[]={ 0, 1,  -2, 0x7FFFFFFF, DECLARATIONS_V1_LIMIT,}; ArrayResize(table,5); for(int i=0; i<5; i++) table[i]=elements[i]; return table; }();
static const MqlArray<ushort>& DECLARATIONS_V1_UNITS=[]()->const MqlArray<ushort>& { static MqlArray<ushort> table; static const ushort elements[]={ ((ushort)97), ((ushort)39), 0xD800,}; ArrayResize(table,3); for(int i=0; i<3; i++) table[i]=elements[i]; return table; }();
static const MqlArray<string>& DECLARATIONS_V1_WORDS=[]()->const MqlArray<string>& { static MqlArray<string> table; static const string elements[]={ MQL_S("one"), MQL_S("tw\x00F6"""), MQL_S("\"three\"\\\n\r\t"),}; ArrayResize(table,3); for(int i=0; i<3; i++) table[i]=elements[i]; return table; }();
static const double DECLARATIONS_V1_EXACT=1.5e-7;



enum ENUM_DECLARATIONS_V1_SIDE : int {

DECLARATIONS_V1_SIDE_BUY=0,
DECLARATIONS_V1_SIDE_SELL,
DECLARATIONS_V1_SIDE_NONE= -1, };


class CDeclarationsV1Later;

class CDeclarationsV1 { public: CDeclarationsV1(const CDeclarationsV1&)=delete; CDeclarationsV1& operator=(const CDeclarationsV1&)=delete; private:

private:
bool m_flag;
char m_char;
uchar m_uchar;
short m_short;
ushort m_ushort;
int m_int; int m_other;
uint m_uint;
long m_long;
ulong m_ulong;
double m_double;
string m_string;
datetime m_datetime;
ENUM_DECLARATIONS_V1_SIDE m_side;
MqlFixed<ushort,DECLARATIONS_V1_LIMIT> m_fixed;
MqlArray<CDeclarationsV1Later> m_later;
public:
MqlArray<CDeclarationsV1> children;

CDeclarationsV1();
void Reset();
void CopyFrom(const CDeclarationsV1 &other);
long Long() const{ return(m_long); }
int Depth(const int so_far) const; };

class CDeclarationsV1Later { public: CDeclarationsV1Later(const CDeclarationsV1Later&)=delete; CDeclarationsV1Later& operator=(const CDeclarationsV1Later&)=delete; private:

public:
CDeclarationsV1 first;
CDeclarationsV1Later(){ } };

CDeclarationsV1::CDeclarationsV1(){

Reset();
}
void CDeclarationsV1::Reset(){

m_flag=false;
m_char= -128;
m_uchar=255;
m_short= -1;
m_ushort=0xFFFF;
m_int=INT_MIN;
m_other=DECLARATIONS_V1_LEAST;
m_uint=UINT_MAX;
m_long=LONG_MIN;
m_ulong=ULONG_MAX;
m_double=1;
m_string=DECLARATIONS_V1_NAME;
m_datetime=0;
m_side=DECLARATIONS_V1_SIDE_BUY;
for(int i=0; i<ArraySize(m_fixed); i++) {
m_fixed[i]=0; }
ArrayResize(m_later,0);
ArrayResize(children,0,16);
}
void CDeclarationsV1::CopyFrom(const CDeclarationsV1 &other){

m_long=other.m_long;
int total=ArraySize(other.children);
ArrayResize(children,total);
for(int i=0; i<total; i++) {
children[i].CopyFrom(other.children[i]); }
}
int CDeclarationsV1::Depth(const int so_far) const{

int deepest=so_far;
for(int i=0; i<ArraySize(children); i++) {
{
int depth=children[i].Depth(so_far+SUPPORT_V1_ONE);
if(depth>deepest) {
deepest=depth; }
} }
return(deepest);
}

#line 5 "Include/statements.mqh"
[[maybe_unused]] static int StatementsV1Chain(const int a){

if(a<0) {
return( -1); } else if(a==0) {

return(0); } else {

{
int b=a;
b+=1;
b-=2;
b*=3;
b/=4;
b%=5;
b<<=1;
b>>=1;
b&=7;
b|=8;
b^=9;
b++;
b--;
return(b);
} }
}
[[maybe_unused]] static string StatementsV1Switch(const ushort unit){

switch(unit) {

case ((ushort)97):
case ((ushort)98):
return(MQL_S("letter")); ;
case 10:
{
string word=MQL_S("feed");
return(word);
} ;
default:
return(MQL_S("other")); ;
}
}
[[maybe_unused]] static void StatementsV1Loops(MqlArray<int> &values,int &sum){

int i=0;
bool open=true;
while(open) {
{
i++;
if(i==3) {
continue; }
if(i>5) {
break; }
switch(i) {

case 1:
sum+=1;
break; ;
case 2:
continue; ;
}
open=(i<9);
} }
for(i=0; i<3; i++) {
sum+=i; }
for(; i>0; i--) {
{
} }
int j=0; int k=1;
for(int m=0; m<ArraySize(values); m+=2) {
values[m]=(j<k ? j : k); }
}

#line 5 "Include/values.mqh"
enum ENUM_VALUES_V1 : int { VALUES_V1_A, VALUES_V1_B=5, };

class CValuesV1 { public: CValuesV1(const CValuesV1&)=delete; CValuesV1& operator=(const CValuesV1&)=delete; private:

public:
int count;
MqlArray<string> names;
CValuesV1(){ count=0; }
string Text() const{ return(MQL_S("values")); }
bool Text(string &text,string &error) const{

text=Text();
error=MQL_S("");
return(count>=0);
}
void Add(const string name){

count++;
ArrayResize(names,count);
names[count-1]=name;
} };

[[maybe_unused]] static void ValuesV1Fill(CValuesV1 &values){

values.Add(MQL_S("one"));
string text=MQL_S("");
string error=MQL_S("");
if( !values.Text(text,error)&&error!=MQL_S("")) {
text+=error; }
}
[[maybe_unused]] static string ValuesV1Show(const long value){ return(value<0 ? MQL_S("-") : MQL_S("+")); }
[[maybe_unused]] static string ValuesV1Show(const double value){ return(value<0.0 ? MQL_S("-") : MQL_S("+")); }
[[maybe_unused]] static double ValuesV1Numbers(const int a,const uint b,const ulong c,const double d){

long wide=a;
ulong mask=((ulong)1<<53)-1;
ushort unit=(ushort)(48+c%10);
uint low=(uint)(c&mask)^b;
long sum=(long)a+(long)low-unit;
bool same=(a==INT_MAX||(wide<=sum&& !(unit>=((ushort)48))));
int flag=(int)same;
ENUM_VALUES_V1 chosen=(ENUM_VALUES_V1)flag;
int number=(int)chosen;
datetime when=(datetime)sum;
if(chosen==VALUES_V1_B&&when>(datetime)0) {
number= - ~number; }
string shown=ValuesV1Show(sum)+ValuesV1Show(d)+MQL_S("\x0020""end");
return(d*2+a/(double)(StringLen(shown)+1)-number);
}
[[maybe_unused]] static bool ValuesV1Member(const CValuesV1 &values,int &found){

found= -1;
for(int i=0; i<ArraySize(values.names); i++) {
{
if(values.names[i]==MQL_S("one")&&found<0) {
found=i; }
} }
return(found>=0);
}

#line 7 "Include/program.mq4"
[[maybe_unused]] static void OnStart(){

CDeclarationsV1 root;
ArrayResize(root.children,2);
MqlArray<int> values;
ArrayResize(values,4);
for(int i=0; i<4; i++) {
values[i]=DECLARATIONS_V1_TABLE[i]; }
int sum=0;
StatementsV1Loops(values,sum);
int handle=FileOpen(MQL_S("contracts\\out.txt"),FILE_WRITE|FILE_BIN);
if(handle==INVALID_HANDLE) {
return; }
MqlArray<uchar> bytes;
string text=DECLARATIONS_V1_WORDS[1]+ShortToString(((ushort)33));
int count=StringToCharArray(text,bytes,0, -1,CP_UTF8);
FileWriteArray(handle,bytes,0,count-1);
FileClose(handle);
Print(text);
}
int main(){ OnStart(); return 0; }
