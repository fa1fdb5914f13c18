// Conversions that need no cast, casts, calls and overloads.
#ifndef VALUES_V1_MQH
#define VALUES_V1_MQH

enum ENUM_VALUES_V1 { VALUES_V1_A,VALUES_V1_B=5 };

class CValuesV1
  {
public:
   int               count;
   string            names[];
                     CValuesV1(void) { count=0; }
   string            Text(void) const { return("values"); }
   bool              Text(string &text,string &error) const
     {
      text=Text();
      error="";
      return(count>=0);
     }
   void              Add(const string name)
     {
      count++;
      ArrayResize(names,count);
      names[count-1]=name;
     }
  };
void ValuesV1Fill(CValuesV1 &values)
  {
   values.Add("one");
   string text="";
   string error="";
   if(!values.Text(text,error) && error!="")
      text+=error;
  }
string ValuesV1Show(const long value) { return(value<0 ? "-" : "+"); }
string ValuesV1Show(const double value) { return(value<0.0 ? "-" : "+"); }
double ValuesV1Numbers(const int a,const uint b,const ulong c,const double d)
  {
   long   wide=a;
   ulong  mask=((ulong)1<<53)-1;
   ushort unit=(ushort)(48+c%10);
   uint   low=(uint)(c&mask)^b;
   long   sum=(long)a+(long)low-unit;
   bool   same=(a==INT_MAX || (wide<=sum && !(unit>='0')));
   int    flag=(int)same;
   ENUM_VALUES_V1 chosen=(ENUM_VALUES_V1)flag;
   int    number=(int)chosen;
   datetime when=(datetime)sum;
   if(chosen==VALUES_V1_B && when>(datetime)0)
      number=-~number;
   string shown=ValuesV1Show(sum)+ValuesV1Show(d)+"\x0020end";
   return(d*2+a/(double)(StringLen(shown)+1)-number);
  }
bool ValuesV1Member(const CValuesV1 &values,int &found)
  {
   found=-1;
   for(int i=0; i<ArraySize(values.names); i++)
     {
      if(values.names[i]=="one" && found<0)
         found=i;
     }
   return(found>=0);
  }
#endif
