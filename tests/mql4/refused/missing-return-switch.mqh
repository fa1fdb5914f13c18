#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int F(const int a)
  {
   switch(a)
     {
      case 1:
         return(1);
     }
  }
#endif
// refused: missing-return at 10:3
