//+------------------------------------------------------------------+
//|                                             ContractsFormats.mqh |
//|  The formats uuid, hostname, email, ipv4, ipv6, uri and          |
//|  uri-reference: text in, yes or no out.                          |
//+------------------------------------------------------------------+
#ifndef CONTRACTS_FORMATS_MQH
#define CONTRACTS_FORMATS_MQH
#property strict

#include <Contracts\ContractsText.mqh>
#include <Contracts\ContractsTime.mqh>

//+------------------------------------------------------------------+
//| Whether a unit is one of the characters of a list                |
//+------------------------------------------------------------------+
bool ContractsIsOneOf(const ushort unit,const string list)
  {
   int total=StringLen(list);
   for(int i=0; i<total; i++)
     {
      if(StringGetCharacter(list,i)==unit)
         return(true);
     }
   return(false);
  }
//+------------------------------------------------------------------+
bool ContractsIsLetterOrDigit(const ushort unit)
  {
   return(ContractsIsLetter(unit) || ContractsIsDigit(unit));
  }
//+------------------------------------------------------------------+
//| text[from..end), empty when nothing is between                   |
//+------------------------------------------------------------------+
string ContractsSlice(const string text,const int from,const int end)
  {
   return(from<end ? StringSubstr(text,from,end-from) : "");
  }
//+------------------------------------------------------------------+
//| First place of a unit at or after from, the length if none       |
//+------------------------------------------------------------------+
int ContractsFind(const string text,const ushort unit,const int from)
  {
   int total=StringLen(text);
   int position=from;
   while(position<total && StringGetCharacter(text,position)!=unit)
      position++;
   return(position);
  }
//+------------------------------------------------------------------+
bool ContractsIsUuid(const string text)
  {
   if(StringLen(text)!=36)
      return(false);
   for(int i=0; i<36; i++)
     {
      ushort unit=StringGetCharacter(text,i);
      if(i==8 || i==13 || i==18 || i==23)
        {
         if(unit!='-')
            return(false);
        }
      else
         if(ContractsHexValue(unit)<0)
            return(false);
     }
   return(true);
  }
//+------------------------------------------------------------------+
//| Four numbers to 255, without leading zeros                       |
//+------------------------------------------------------------------+
bool ContractsIsIpv4(const string text)
  {
   int begin=0;
   for(int part=0; part<4; part++)
     {
      int end=ContractsFind(text,'.',begin);
      int value=0;
      if(end==begin || end-begin>3 || (end-begin>1 && StringGetCharacter(text,begin)=='0'))
         return(false);
      for(int i=begin; i<end; i++)
        {
         if(!ContractsIsDigit(StringGetCharacter(text,i)))
            return(false);
         value=value*10+(StringGetCharacter(text,i)-'0');
        }
      if(value>255 || (part<3)!=(end<StringLen(text)))
         return(false);
      begin=end+1;
     }
   return(true);
  }
//+------------------------------------------------------------------+
//| Groups of one to four hexadecimal digits between colons, an IPv4 |
//| address in place of the last two; -1 if there is anything else   |
//+------------------------------------------------------------------+
int ContractsIpv6Groups(const string text,const bool last)
  {
   int count=0;
   int begin=0;
   int total=StringLen(text);
   if(total==0)
      return(0);
   while(begin<=total)
     {
      int end=ContractsFind(text,':',begin);
      if(end==total && last && ContractsIsIpv4(ContractsSlice(text,begin,end)))
         return(count+2);
      if(end==begin || end-begin>4)
         return(-1);
      for(int i=begin; i<end; i++)
        {
         if(ContractsHexValue(StringGetCharacter(text,i))<0)
            return(-1);
        }
      count++;
      begin=end+1;
     }
   return(count);
  }
//+------------------------------------------------------------------+
bool ContractsIsIpv6(const string text)
  {
   int total=StringLen(text);
   int gap=ContractsFind(text,':',0);
   while(gap<total && StringGetCharacter(text,gap+1)!=':')
      gap=ContractsFind(text,':',gap+1);
   if(gap>=total)
      return(ContractsIpv6Groups(text,true)==8);
//--- :: stands for one group or more
   int before=ContractsIpv6Groups(ContractsSlice(text,0,gap),false);
   int after=ContractsIpv6Groups(ContractsSlice(text,gap+2,total),true);
   return(before>=0 && after>=0 && before+after<8);
  }
//+------------------------------------------------------------------+
//| Labels of letters, digits and inner hyphens                      |
//+------------------------------------------------------------------+
bool ContractsIsHostname(const string text)
  {
   int total=StringLen(text);
   int begin=0;
   if(total==0 || total>253)
      return(false);
   while(begin<=total)
     {
      int end=ContractsFind(text,'.',begin);
      if(end==begin || end-begin>63 || StringGetCharacter(text,begin)=='-' || StringGetCharacter(text,end-1)=='-')
         return(false);
      for(int i=begin; i<end; i++)
        {
         ushort unit=StringGetCharacter(text,i);
         if(!ContractsIsLetterOrDigit(unit) && unit!='-')
            return(false);
        }
      begin=end+1;
     }
   return(true);
  }
//+------------------------------------------------------------------+
//| The part before the @: words with single dots between, or quoted |
//+------------------------------------------------------------------+
bool ContractsIsMailbox(const string text)
  {
   int  total=StringLen(text);
   bool dot=true;
   if(total==0 || total>64)
      return(false);
   if(total>1 && StringGetCharacter(text,0)==34 && StringGetCharacter(text,total-1)==34)
     {
      for(int i=1; i<total-1; i++)
        {
         ushort inner=StringGetCharacter(text,i);
         if(inner==92)
           {
            i++;
            if(i>=total-1)
               return(false);
            inner=StringGetCharacter(text,i);
           }
         else
            if(inner==34)
               return(false);
         if(inner<32 || inner>126)
            return(false);
        }
      return(true);
     }
   for(int j=0; j<total; j++)
     {
      ushort unit=StringGetCharacter(text,j);
      if(unit=='.' ? dot : !ContractsIsLetterOrDigit(unit) && !ContractsIsOneOf(unit,"!#$%&'*+-/=?^_`{|}~"))
         return(false);
      dot=(unit=='.');
     }
   return(!dot);
  }
//+------------------------------------------------------------------+
bool ContractsIsEmail(const string text)
  {
   int total=StringLen(text);
   int at=total-1;
   while(at>0 && StringGetCharacter(text,at)!='@')
      at--;
   if(at<1 || !ContractsIsMailbox(ContractsSlice(text,0,at)))
      return(false);
   string domain=ContractsSlice(text,at+1,total);
   int    end=StringLen(domain)-1;
   if(StringGetCharacter(domain,0)!='[')
      return(ContractsIsHostname(domain));
   if(StringGetCharacter(domain,end)!=']')
      return(false);
   if(ContractsSlice(domain,1,6)=="IPv6:")
      return(ContractsIsIpv6(ContractsSlice(domain,6,end)));
   return(ContractsIsIpv4(ContractsSlice(domain,1,end)));
  }
//+------------------------------------------------------------------+
//| End of a run of URI characters, the listed ones among them, from |
//| a position; -1 if a percent sign has no two digits after it      |
//+------------------------------------------------------------------+
int ContractsUriRun(const string text,const int from,const string also)
  {
   int    position=from;
   int    total=StringLen(text);
   string allowed="-._~!$&'()*+,;="+also;
   while(position<total)
     {
      ushort unit=StringGetCharacter(text,position);
      if(unit=='%')
        {
         if(ContractsHexValue(StringGetCharacter(text,position+1))<0 || ContractsHexValue(StringGetCharacter(text,position+2))<0)
            return(-1);
         position+=2;
        }
      else
         if(!ContractsIsLetterOrDigit(unit) && !ContractsIsOneOf(unit,allowed))
            return(position);
      position++;
     }
   return(position);
  }
//+------------------------------------------------------------------+
//| Length of the scheme before the first colon, 0 if there is none  |
//+------------------------------------------------------------------+
int ContractsUriScheme(const string text)
  {
   int end=ContractsFind(text,':',0);
   if(end==StringLen(text) || !ContractsIsLetter(StringGetCharacter(text,0)))
      return(0);
   for(int i=1; i<end; i++)
     {
      ushort unit=StringGetCharacter(text,i);
      if(!ContractsIsLetterOrDigit(unit) && unit!='+' && unit!='-' && unit!='.')
         return(0);
     }
   return(end);
  }
//+------------------------------------------------------------------+
//| [ user "@" ] host [ ":" port ]; a host in brackets is an address |
//+------------------------------------------------------------------+
bool ContractsIsAuthority(const string text)
  {
   int total=StringLen(text);
   int begin=ContractsFind(text,'@',0);
   begin=(begin==total ? 0 : begin+1);
   if(begin>0 && ContractsUriRun(text,0,":")!=begin-1)
      return(false);
   int end=ContractsFind(text,':',begin);
   if(StringGetCharacter(text,begin)=='[')
     {
      end=ContractsFind(text,']',begin);
      if(end==total || !ContractsIsIpv6(ContractsSlice(text,begin+1,end)))
         return(false);
      end++;
     }
   else
      if(ContractsUriRun(text,begin,"")!=end)
         return(false);
   if(end<total && StringGetCharacter(text,end)!=':')
      return(false);
   for(int i=end+1; i<total; i++)
     {
      if(!ContractsIsDigit(StringGetCharacter(text,i)))
         return(false);
     }
   return(true);
  }
//+------------------------------------------------------------------+
bool ContractsIsUriReference(const string text)
  {
   int total=StringLen(text);
   int scheme=ContractsUriScheme(text);
   int position=(scheme>0 ? scheme+1 : 0);
   if(ContractsSlice(text,position,position+2)=="//")
     {
      int end=position+2;
      while(end<total && !ContractsIsOneOf(StringGetCharacter(text,end),"/?#"))
         end++;
      if(!ContractsIsAuthority(ContractsSlice(text,position+2,end)))
         return(false);
      position=end;
     }
   else
      if(scheme==0)
        {
         //--- a colon in the first segment would make it a scheme
         position=ContractsUriRun(text,0,"@");
         if(position<0 || StringGetCharacter(text,position)==':')
            return(false);
        }
   position=ContractsUriRun(text,position,":@/");
   if(position>=0 && StringGetCharacter(text,position)=='?')
      position=ContractsUriRun(text,position+1,":@/?");
   if(position>=0 && StringGetCharacter(text,position)=='#')
      position=ContractsUriRun(text,position+1,":@/?");
   return(position==total);
  }
//+------------------------------------------------------------------+
bool ContractsIsUri(const string text)
  {
   return(ContractsUriScheme(text)>0 && ContractsIsUriReference(text));
  }
//+------------------------------------------------------------------+
//| Every unit beyond ASCII as a letter, which it may stand beside   |
//+------------------------------------------------------------------+
string ContractsAsciiText(const string text)
  {
   ushort units[];
   int    total=StringLen(text);
   if(total==0)
      return("");
   ArrayResize(units,total);
   for(int i=0; i<total; i++)
     {
      ushort unit=StringGetCharacter(text,i);
      if(unit>0x9F)
         unit='x';
      units[i]=unit;
     }
   return(ShortArrayToString(units,0,total));
  }
//+------------------------------------------------------------------+
//| A format by its name; every text is of one that is not known     |
//+------------------------------------------------------------------+
bool ContractsIsFormat(const string text,const string format)
  {
   if(format=="date")
      return(ContractsIsDate(text));
   if(format=="time")
      return(ContractsIsTime(text));
   if(format=="date-time")
      return(ContractsIsDateTime(text));
   if(format=="uuid")
      return(ContractsIsUuid(text));
   if(format=="hostname")
      return(ContractsIsHostname(text));
   if(format=="email")
      return(ContractsIsEmail(text));
   if(format=="ipv4")
      return(ContractsIsIpv4(text));
   if(format=="ipv6")
      return(ContractsIsIpv6(text));
   if(format=="uri")
      return(ContractsIsUri(text));
   if(format=="uri-reference")
      return(ContractsIsUriReference(text));
   if(format=="iri")
      return(ContractsIsUri(ContractsAsciiText(text)));
   if(format=="iri-reference")
      return(ContractsIsUriReference(ContractsAsciiText(text)));
   return(true);
  }
#endif
//+------------------------------------------------------------------+
