#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(int &a)
  {
   switch(a)
     {
      case 1:
         a=2;
      case 2:
         a=3;
         break;
     }
  }
#endif
// refused: fallthrough at 7:7
