#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int F(const int a,const int b)
  {
   switch(a)
     {
      case b:
         return(1);
     }
   return(0);
  }
#endif
// refused: not-constant at 7:12
