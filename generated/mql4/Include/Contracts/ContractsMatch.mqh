//+------------------------------------------------------------------+
//|                                               ContractsMatch.mqh |
//|  Runs an automaton over a text, code point by code point. The    |
//|  generator makes the automaton from a `pattern`, with the search |
//|  for a place to begin folded in; here is no regex.               |
//|                                                                  |
//|  Tables are strings, one unit a number: the number plus 35, so   |
//|  that small numbers are printable ASCII and none is U+0000.      |
//|  ranges: three numbers a range, ascending, the first range       |
//|    beginning at 0: first code point / 1024, first code point     |
//|    modulo 1024, its column (from 0)                              |
//|  table: a row a state, the first row being the start: 1 if the   |
//|    state accepts at the end of the text, else 0; then the next   |
//|    state for each column. width is the length of a row.          |
//+------------------------------------------------------------------+
#ifndef CONTRACTS_MATCH_MQH
#define CONTRACTS_MATCH_MQH
#property strict

#include <Contracts\ContractsText.mqh>

//+------------------------------------------------------------------+
int ContractsTableNumber(const string table,const int index)
  {
   return((int)StringGetCharacter(table,index)-35);
  }
//+------------------------------------------------------------------+
//| Column of a code point: that of the last range beginning at or   |
//| before it                                                        |
//+------------------------------------------------------------------+
int ContractsTableColumn(const string ranges,const int point)
  {
   int low=0;
   int high=StringLen(ranges)/3-1;
   while(low<high)
     {
      int middle=(low+high+1)/2;
      int first=ContractsTableNumber(ranges,middle*3)*1024+ContractsTableNumber(ranges,middle*3+1);
      if(first<=point)
         low=middle;
      else
         high=middle-1;
     }
   return(ContractsTableNumber(ranges,low*3+2));
  }
//+------------------------------------------------------------------+
bool ContractsMatch(const string text,const int width,const string ranges,const string table)
  {
   int state=0;
   int position=0;
   int total=StringLen(text);
   while(position<total)
     {
      int point=ContractsCodePointAt(text,position);
      if(point<0)
         return(false);
      position+=(point>0xFFFF ? 2 : 1);
      state=ContractsTableNumber(table,state*width+1+ContractsTableColumn(ranges,point));
     }
   return(ContractsTableNumber(table,state*width)==1);
  }
#endif
//+------------------------------------------------------------------+
